import type { Document } from "../documents/document.ts";
import { type JudgedDocument, largeDocumentBytes } from "./judge-pool.ts";

const batchDocuments = 64;
const batchBytes = 256 * 1024;

/** Documents that are judged together, or one that needs no judge. Their order is that of the documents. */
export type Batch = { readonly judged: readonly JudgedDocument[] } | { readonly unjudged: Document };

/** Gathers documents into batches that are small enough to be held in memory several times over. */
export async function* batches(documents: AsyncIterable<Document>): AsyncGenerator<Batch> {
  let gathered: JudgedDocument[] = [];
  let bytes = 0;
  for await (const document of documents) {
    const { content } = document;
    const size = content?.length ?? 0;
    const alone = content === undefined || size >= largeDocumentBytes;
    if (gathered.length > 0 && (alone || gathered.length === batchDocuments || bytes + size > batchBytes)) {
      yield { judged: gathered };
      gathered = [];
      bytes = 0;
    }
    if (content === undefined) yield { unjudged: document };
    else if (alone) yield { judged: [{ ...document, content }] };
    else {
      gathered.push({ ...document, content });
      bytes += size;
    }
  }
  if (gathered.length > 0) yield { judged: gathered };
}
