package io.podium.ranking.core;

import java.math.BigInteger;

/** A mutable signed 128-bit integer: scores outgrow 64 bits and must stay exact. */
final class Wide {
  long hi;
  long lo;

  void set(long high, long low) {
    hi = high;
    lo = low;
  }

  void set(long value) {
    set(value >> 63, value);
  }

  void add(long high, long low) {
    long sum = lo + low;
    hi += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    lo = sum;
  }

  void addProduct(long a, long b) {
    add(Math.multiplyHigh(a, b), a * b);
  }

  /** By a factor that is not negative. */
  void multiply(long factor) {
    long carry = Math.multiplyHigh(lo, factor) + ((lo >> 63) & factor);
    hi = hi * factor + carry;
    lo = lo * factor;
  }

  void negate() {
    lo = -lo;
    hi = ~hi + (lo == 0 ? 1 : 0);
  }

  boolean isZero() {
    return (hi | lo) == 0;
  }

  boolean isPositive() {
    return isPositive(hi, lo);
  }

  static boolean isPositive(long hi, long lo) {
    return hi > 0 || (hi == 0 && lo != 0);
  }

  static int compare(long hiA, long loA, long hiB, long loB) {
    return hiA != hiB ? Long.compare(hiA, hiB) : Long.compareUnsigned(loA, loB);
  }

  static BigInteger toBigInteger(long hi, long lo) {
    if (hi == lo >> 63) {
      return BigInteger.valueOf(lo);
    }
    BigInteger low = BigInteger.valueOf(lo & Long.MAX_VALUE);
    if (lo < 0) {
      low = low.setBit(63);
    }
    return BigInteger.valueOf(hi).shiftLeft(64).add(low);
  }
}
