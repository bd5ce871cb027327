package io.podium.store.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.bulk.BulkWriteError;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What the driver throws, in the words of the store contract. */
final class MongoFailures {
  private MongoFailures() {}

  static StoreException of(Throwable failure) {
    Throwable cause = root(failure);
    if (cause instanceof StoreException known) {
      return known;
    }
    return new StoreException(kind(cause), "mongo: " + text(cause), cause);
  }

  static String text(Throwable failure) {
    Throwable cause = root(failure);
    if (cause instanceof MongoTimeoutException && !isTimeout(cause)) {
      // The driver's own text tells the whole topology in several lines.
      return "no server within the selection timeout";
    }
    String message = cause.getMessage();
    String line = message == null ? cause.getClass().getSimpleName() : message;
    line = line.lines().findFirst().orElse(line);
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  /** Whether an insert or upsert met a document with the same id, and nothing else went wrong. */
  static boolean isDuplicateKey(Throwable failure) {
    Throwable cause = driver(failure);
    if (cause instanceof MongoBulkWriteException bulk) {
      return bulk.getWriteConcernError() == null
          && bulk.getWriteErrors().stream().allMatch(e -> isDuplicateKey(e.getCode()));
    }
    return cause instanceof MongoException mongo && isDuplicateKey(mongo.getCode());
  }

  /** Which writes of a bulk met a document with the same id. */
  static Set<Integer> duplicates(Throwable failure) {
    return driver(failure) instanceof MongoBulkWriteException bulk
        ? bulk.getWriteErrors().stream()
            .map(BulkWriteError::getIndex)
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  private static Throwable driver(Throwable failure) {
    Throwable cause = root(failure);
    Throwable told = cause.getCause();
    return cause instanceof StoreException && told != null ? told : cause;
  }

  private static boolean isDuplicateKey(int code) {
    return ErrorCategory.fromErrorCode(code) == ErrorCategory.DUPLICATE_KEY;
  }

  private static Kind kind(Throwable cause) {
    if (isTimeout(cause)) {
      return Kind.TIMEOUT;
    }
    if (cause instanceof MongoTimeoutException
        || cause instanceof MongoSocketException
        || cause instanceof MongoNotPrimaryException
        || cause instanceof MongoNodeIsRecoveringException
        || cause instanceof MongoConnectionPoolClearedException) {
      return Kind.AWAY;
    }
    // A closed client throws IllegalStateException.
    return cause instanceof IllegalStateException ? Kind.AWAY : Kind.REFUSED;
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof MongoOperationTimeoutException
        || cause instanceof MongoExecutionTimeoutException;
  }

  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (at instanceof CompletionException && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
