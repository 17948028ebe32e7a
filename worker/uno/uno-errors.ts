/** Why a connection ended: the socket closed, the bytes are invalid, or they exceed a limit. */
export type ProtocolErrorKind = 'closed' | 'malformed' | 'limit'

/**
 * The engine can no longer be used: it is gone, or its bytes cannot be trusted. Every pending and later call is
 * rejected with the same error; only another process helps.
 */
export class ProtocolError extends Error {
  readonly kind: ProtocolErrorKind

  constructor(kind: ProtocolErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProtocolError'
    this.kind = kind
  }
}

/** An exception that LibreOffice raised regularly: this call failed, the engine continues. */
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
