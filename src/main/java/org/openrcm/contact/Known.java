package org.openrcm.contact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an account: the facts for every decision, and where its payer is reached.
 *
 * @param points numbers and e-mail addresses, the usual ones first
 */
record Known(Facts facts, List<Point> points) {

  /** A number or an e-mail address. */
  record Point(String address, Place place) {

    boolean isOf(Channel channel) {
      return channel == Channel.EMAIL
          ? address.indexOf('@') >= 0
          : channel.isByPhone() && address.indexOf('@') < 0;
    }
  }

  List<Point> points(Channel channel) {
    return points.stream().filter(point -> point.isOf(channel)).toList();
  }

  /** Where an address reaches somebody, as far as it is known. */
  static Place place(List<Point> points, @Nullable String address) {
    return points.stream()
        .filter(point -> point.address().equals(address))
        .map(Point::place)
        .findFirst()
        .orElse(Place.UNKNOWN);
  }
}
