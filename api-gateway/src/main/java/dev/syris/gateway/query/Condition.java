package dev.syris.gateway.query;

/**
 * A filter that was asked for, ready for SQL.
 *
 * @param sql with one named parameter, the filter's own name
 * @param value of a type the driver knows
 */
record Condition(String name, String sql, Object value) {}
