import type { ArgumentsOf, Method, ReturnOf } from './methods.ts'
import type { InterfaceReference } from './values.ts'

/** A method of one object. */
export type BoundMethod<M extends Method> = M & { readonly objectId: string }

/**
 * Whence calls go out. A conversation sends each on a thread of its own. What an object of ours is handed with a call
 * to it sends them on the thread that waits for its answer: over there nothing can come between, for LibreOffice
 * holds its one lock meanwhile.
 */
export interface Caller {
  call<M extends Method>(
    method: BoundMethod<M>,
    values: ArgumentsOf<M>,
    signal?: AbortSignal,
  ): Promise<ReturnOf<M>>
  release(references: readonly InterfaceReference[]): void
}
