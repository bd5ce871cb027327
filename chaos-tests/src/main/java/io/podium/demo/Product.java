package io.podium.demo;

import java.util.List;

/**
 * One product of the simulated shop.
 *
 * @param path its category, three levels deep
 * @param department index of its department
 * @param price usual price in won
 * @param limited sold in small lots: sells out now and then
 */
record Product(
    String id,
    String groupId,
    Words name,
    Words brand,
    String path,
    int department,
    int price,
    boolean limited,
    List<String> badges,
    int reviews,
    double rating) {
  /** In English and Korean. */
  record Words(String en, String ko) {}
}
