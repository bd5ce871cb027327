package io.podium.backends;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * A collection that finds a document by its {@code _id} also where the query asks for more than
 * that, as a real server does. The library looks at every document then: a conditional update would
 * cost as much as the collection is large.
 */
final class IdLookups extends H2Collection {
  private static final String ID = "_id";

  /**
   * @param full name, with the database's: the maps have the library's own names, so that both read
   *     the same files
   */
  IdLookups(
      MongoDatabase database,
      String name,
      String full,
      CollectionOptions options,
      MVStore store,
      CursorRegistry cursors) {
    super(
        database,
        name,
        options,
        store.openMap("databases." + full),
        store.openMap("meta." + full),
        cursors);
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      Document orderBy,
      int skip,
      int limit,
      int batchSize,
      Document fieldSelector) {
    Object id = id(query);
    if (id == null) {
      return super.queryDocuments(query, orderBy, skip, limit, batchSize, fieldSelector);
    }
    List<Object> positions = getDocument(id) == null ? List.of() : List.of(id);
    return matchDocuments(query, positions, orderBy, skip, limit, batchSize, fieldSelector);
  }

  /** Null where it is not one certain text. */
  private static @Nullable Object id(Document query) {
    if (query.get(ID) instanceof String id) {
      return id;
    }
    if (query.get("$and") instanceof Collection<?> all) {
      for (Object part : all) {
        if (part instanceof Document d && d.get(ID) instanceof String id) {
          return id;
        }
      }
    }
    return null;
  }
}
