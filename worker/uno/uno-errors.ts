/** Why a conversation ended: the socket went away, the bytes make no sense, or they ask for more than we grant. */
export type ProtocolErrorKind = 'closed' | 'malformed' | 'limit'

/**
 * The engine on the other side is dead for us: it is gone, or its bytes cannot be trusted any more. Every pending
 * and every later call is rejected with the same error; the only cure is another process.
 */
export class ProtocolError extends Error {
  readonly kind: ProtocolErrorKind

  constructor(kind: ProtocolErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProtocolError'
    this.kind = kind
  }
}

/** An exception that LibreOffice raised and told us about in good order: this call failed, the engine lives on. */
export class UnoError extends Error {
  /** The UNO name of the exception, as in `com.sun.star.lang.IllegalArgumentException`. */
  readonly type: string

  constructor(type: string, message: string) {
    super(message || type)
    this.name = 'UnoError'
    this.type = type
  }
}

export const malformed = (what: string): ProtocolError => new ProtocolError('malformed', what)
export const beyond = (what: string, limit: number): ProtocolError =>
  new ProtocolError('limit', `${what}: more than the ${limit} that are granted`)
