import type { ArgumentsOf, Method, ReturnOf } from './methods.ts'
import type { InterfaceReference } from './values.ts'

/** A method of one object. */
export type BoundMethod<M extends Method> = M & { readonly objectId: string }

/**
 * Sends calls. A bridge sends each call on a separate thread of the peer. The caller that an exported object receives
 * with a call sends on the thread that waits for its answer: nothing can interleave there, because LibreOffice holds
 * its one lock meanwhile.
 */
export interface Caller {
  call<M extends Method>(
    method: BoundMethod<M>,
    values: ArgumentsOf<M>,
    signal?: AbortSignal,
  ): Promise<ReturnOf<M>>
  release(references: readonly InterfaceReference[]): void
}
