import { randomUUID } from 'node:crypto'
import { type Block, BlockReader, blockOf } from './blocks.ts'
import type { BoundMethod, Caller } from './caller.ts'
import { type ExportedObject, ExportedObjects, type Reply } from './exported-objects.ts'
import { HeaderReader, type RequestHeader } from './header-reader.ts'
import { exceptionMessage, releaseMessage, replyMessage, requestMessage, type Target } from './messages.ts'
import type { ArgumentsOf, Method, ReturnOf } from './methods.ts'
import { answerNegotiation, isNegotiation } from './negotiation.ts'
import { PendingCalls } from './pending-calls.ts'
import { PROTOCOL_LIMITS } from './protocol-limits.ts'
import { NameReader } from './read-names.ts'
import { knownType, TypeClass } from './types.ts'
import { beyond, malformed, ProtocolError, UnoError } from './uno-errors.ts'
import { ValueReader } from './value-reader.ts'
import type { InterfaceReference, UnoValue } from './values.ts'
import { WireReader } from './wire-reader.ts'

/** What carries the bytes. */
export interface Transport {
  write(bytes: Buffer): void
  /** Bytes that the peer has not taken yet. */
  unsent(): number
  destroy(): void
}

/**
 * One conversation with a LibreOffice process: our calls and their replies, its calls and our answers. Nothing that
 * the peer sends makes it throw: bytes that make no sense end the conversation, and with it every call.
 */
export class Bridge implements Caller {
  /** Told once, with why, when the conversation has ended; never rejects. */
  readonly closed: Promise<ProtocolError>
  readonly #transport: Transport
  readonly #blocks = new BlockReader()
  readonly #names = new NameReader()
  readonly #headers = new HeaderReader(this.#names)
  readonly #pending = new PendingCalls()
  readonly #exported: ExportedObjects
  readonly #resolveClosed: (error: ProtocolError) => void
  #ended: ProtocolError | undefined
  #callsHandled = 0
  #done: { threadId: string; block: Buffer } | undefined

  /** `name` begins the ids of our objects; two bridges to one process must not share it. */
  constructor(transport: Transport, name: string = randomUUID()) {
    const { promise, resolve } = Promise.withResolvers<ProtocolError>()
    this.closed = promise
    this.#resolveClosed = resolve
    this.#transport = transport
    this.#exported = new ExportedObjects(name)
  }

  /** For watching that nothing grows. */
  get counts(): { pending: number; exported: number } {
    return { pending: this.#pending.size, exported: this.#exported.size }
  }

  /**
   * Calls a method of a remote object. The references in the result are the caller's to release.
   * @throws UnoError what the method raised; ProtocolError when the engine is dead; the signal's reason at once when
   * it aborts (the engine goes on with the call: only killing its process stops it)
   */
  async call<M extends Method>(
    method: BoundMethod<M>,
    values: ArgumentsOf<M>,
    signal?: AbortSignal,
  ): Promise<ReturnOf<M>> {
    signal?.throwIfAborted()
    this.#callsHandled = 0
    return this.#call(method, values, { signal }) as Promise<ReturnOf<M>>
  }

  async #call(
    method: Method & Target,
    values: readonly UnoValue[],
    how: { signal?: AbortSignal | undefined; threadId?: string },
  ): Promise<UnoValue> {
    if (this.#ended) throw this.#ended
    const typed = method.arguments.map((type, index) => [type, values[index]] as const)
    const send = (threadId: string) => this.#send(requestMessage(method, threadId, typed))
    return this.#endOnProtocolError(() => this.#pending.open(method.returns, send, how))
  }

  /** Gives references back that results held, in one block; the peer frees an object with its last one. */
  release(references: readonly InterfaceReference[]): void {
    const messages = references
      .filter(({ objectId }) => !this.#exported.owns(objectId))
      .map(({ objectId, interfaceName }) => releaseMessage(objectId, interfaceName, 'release'))
    if (messages.length > 0) this.#write(blockOf(...messages))
  }

  /** Exports an object to the peer until `unexport`. @throws ProtocolError when too many are exported */
  exportObject(object: ExportedObject): InterfaceReference {
    return this.#endOnProtocolError(() => this.#exported.export(object))
  }

  unexport(reference: InterfaceReference): void {
    this.#exported.unexport(reference)
  }

  /** Ends the conversation from our side. */
  close(): void {
    this.end(new ProtocolError('closed', 'closed by us'))
  }

  /** Ends the conversation: the first reason counts. */
  end(reason: ProtocolError): void {
    if (this.#ended) return
    this.#ended = reason
    this.#transport.destroy()
    this.#pending.rejectAll(reason)
    this.#resolveClosed(reason)
  }

  /** Takes bytes as they come from the peer. Never throws. */
  receive(chunk: Buffer): void {
    try {
      this.#blocks.push(chunk, block => this.#read(block))
    } catch (error) {
      this.end(asProtocolError(error))
    }
  }

  #read(block: Block): void {
    if (this.#ended) return
    const wire = new WireReader(block.body)
    for (let index = 0; index < block.count && !this.#ended; index++) {
      const header = this.#headers.read(wire)
      const values = new ValueReader(wire, this.#names)
      if (header.kind === 'reply') this.#completeCall(header.threadId, header.exception, values)
      else this.#handleRequest(header, values)
    }
    if (wire.remaining > 0 && !this.#ended) throw malformed('bytes after the last message of a block')
  }

  #completeCall(threadId: string, exception: boolean, values: ValueReader): void {
    const call = this.#pending.find(threadId)
    const raised = exception ? values.exception() : undefined
    const result = raised ? undefined : values.read(call.returns)
    this.#pending.forget(threadId)
    // Nobody will ever hold what an exception mentions, or what comes too late.
    if (raised || call.abandoned) this.release(values.references)
    if (raised) call.reject(new UnoError(raised.type, raised.message))
    else call.resolve(result)
  }

  #handleRequest(request: RequestHeader, values: ValueReader): void {
    if (++this.#callsHandled > PROTOCOL_LIMITS.callsServed)
      throw beyond('calls served', PROTOCOL_LIMITS.callsServed)
    const { threadId } = request
    const answer = isNegotiation(request)
      ? answerNegotiation(request, values)
      : this.#exported.answer(request, values, this.#onThread(threadId))
    if (!answer) return
    const reply = () => this.#reply(threadId, answer, values.references)
    if (!('exception' in answer) && answer.beforeReply !== undefined)
      answer.beforeReply.then(reply).catch(error => this.end(asProtocolError(error)))
    else reply()
  }

  #reply(threadId: string, answer: NonNullable<Reply>, references: readonly InterfaceReference[]): void {
    if ('exception' in answer) this.#send(exceptionMessage(threadId, answer.exception))
    else if (answer.type.typeClass === TypeClass.VOID) this.#write(this.#doneFor(threadId))
    else this.#send(replyMessage(threadId, answer.type, answer.value))
    if (!('exception' in answer)) answer.afterReply?.()
    this.release(references)
  }

  /** Calls on the thread that waits for an answer of ours. */
  #onThread(threadId: string): Caller {
    const call: Caller['call'] = async (method, values, signal) => {
      signal?.throwIfAborted()
      return (await this.#call(method, values, { signal, threadId })) as never
    }
    return { call, release: references => this.release(references) }
  }

  /** The answer to a call that returns nothing. One thread makes many of them in a row, and each gets the same. */
  #doneFor(threadId: string): Buffer {
    if (this.#done?.threadId !== threadId)
      this.#done = { threadId, block: blockOf(replyMessage(threadId, knownType('void'), undefined)) }
    return this.#done.block
  }

  #send(message: Buffer): void {
    this.#write(blockOf(message))
  }

  #write(block: Buffer): void {
    if (this.#ended) return
    this.#transport.write(block)
    const unsent = this.#transport.unsent()
    if (unsent > PROTOCOL_LIMITS.unsentBytes) this.end(beyond('unsent bytes', PROTOCOL_LIMITS.unsentBytes))
  }

  /** A limit that our own side reaches ends the conversation as well: it means that the peer stopped answering. */
  #endOnProtocolError<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      if (error instanceof ProtocolError) this.end(error)
      throw error
    }
  }
}

/** Anything else that reading throws is a gap in our own checks; the conversation cannot go on all the same. */
function asProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error
  return new ProtocolError('malformed', 'reading failed', { cause: error })
}
