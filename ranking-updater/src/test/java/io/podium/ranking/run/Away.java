package io.podium.ranking.run;

import io.podium.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A log of which one method does not answer now and then. */
final class Away {
  private Away() {}

  static <T> T when(BooleanSupplier isAway, Class<T> type, String name, T log) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (isAway.getAsBoolean() && method.getName().equals(name)) {
                return CompletableFuture.failedFuture(
                    new StoreException(StoreException.Kind.TIMEOUT, "away", null));
              }
              try {
                return method.invoke(log, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }
}
