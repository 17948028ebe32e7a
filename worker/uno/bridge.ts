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

/** Sends the bridge's bytes to the peer. */
export interface Transport {
  /** Queues bytes for the peer; never blocks. */
  write(bytes: Buffer): void
  /** The number of bytes that the peer has not accepted yet. */
  unsent(): number
  /** Closes the connection at once. */
  destroy(): void
}

/**
 * One connection to a LibreOffice process: our calls and their replies, its calls and our answers. Received bytes never
 * make it throw: invalid bytes end the connection, which rejects every pending call.
 */
export class Bridge implements Caller {
  /** Resolves once, with the reason, when the connection has ended; never rejects. */
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

  /** `name` prefixes the ids of our objects; two bridges to one process must not share it. */
  constructor(transport: Transport, name: string = randomUUID()) {
    const { promise, resolve } = Promise.withResolvers<ProtocolError>()
    this.closed = promise
    this.#resolveClosed = resolve
    this.#transport = transport
    this.#exported = new ExportedObjects(name)
  }

  /** For leak checks: the numbers of pending calls and exported objects. */
  get counts(): { pending: number; exported: number } {
    return { pending: this.#pending.size, exported: this.#exported.size }
  }

  /**
   * Calls a method of a remote object. The caller must release the references in the result.
   * @throws UnoError that the method raised; ProtocolError when the engine is dead; the signal's reason at once when it
   * aborts (the engine continues the call: only killing its process stops it)
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

  /** Releases references from results, in one block; the peer frees an object with its last reference. */
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

  /** Ends the export of an object; later calls to it are ignored. */
  unexport(reference: InterfaceReference): void {
    this.#exported.unexport(reference)
  }

  /** Ends the connection from our side. */
  close(): void {
    this.end(new ProtocolError('closed', 'closed by us'))
  }

  /** Ends the connection; the first reason counts. */
  end(reason: ProtocolError): void {
    if (this.#ended) return
    this.#ended = reason
    this.#transport.destroy()
    this.#pending.rejectAll(reason)
    this.#resolveClosed(reason)
  }

  /** Reads bytes from the peer. Never throws. */
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
    // References in an exception or in the result of an abandoned call have no other owner.
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

  /** A caller on the peer's thread that waits for our answer. */
  #onThread(threadId: string): Caller {
    const call: Caller['call'] = async (method, values, signal) => {
      signal?.throwIfAborted()
      return (await this.#call(method, values, { signal, threadId })) as never
    }
    return { call, release: references => this.release(references) }
  }

  /** The answer to a call without a result, cached because one thread makes many such calls in a row. */
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

  /** Exceeding a limit on our own side also ends the connection, because it means that the peer stopped answering. */
  #endOnProtocolError<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      if (error instanceof ProtocolError) this.end(error)
      throw error
    }
  }
}

/** Any other error of reading is a gap in our own checks; the connection must end all the same. */
function asProtocolError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error
  return new ProtocolError('malformed', 'reading failed', { cause: error })
}
