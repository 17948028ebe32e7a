/**
 * The limits on an engine's messages. It parses hostile documents, so its bytes count as hostile too. In real
 * conversations a block is below 2 KB and holds one message; the margin above that is for long paths in exceptions.
 */
export const PROTOCOL_LIMITS = {
  blockBytes: 1024 * 1024,
  messagesPerBlock: 64,
  /** A few bytes may declare a value each; this bounds the objects that one message can allocate. */
  valuesPerMessage: 20_000,
  stringBytes: 256 * 1024,
  sequenceItems: 10_000,
  nestingDepth: 16,
  typeNameBytes: 512,
  objectIdBytes: 1024,
  threadIdBytes: 128,
  /** The protocol's own number, the same in every LibreOffice. */
  cacheSlots: 256,
  pendingCalls: 64,
  servedObjects: 64,
  /** The unread answers that a peer may accumulate by calling without reading. */
  unsentBytes: 4 * 1024 * 1024,
  /** Calls of the peer to our objects since our own last call; a real export makes one or two a page. */
  callsServed: 200_000,
} as const
