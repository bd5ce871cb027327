package io.podium.chaos.drill;

/** One text in both languages of the report. */
public record Words(String en, String ko) {}
