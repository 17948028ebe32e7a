import type { Reply } from './exported-objects.ts'
import type { RequestHeader } from './header-reader.ts'
import { knownType } from './types.ts'
import { malformed } from './uno-errors.ts'
import type { ValueReader } from './value-reader.ts'

const OBJECT_ID = 'UrpProtocolProperties'
const INTERFACE = 'com.sun.star.bridge.XProtocolProperties'
const REQUEST_CHANGE = 4

/** LibreOffice begins by negotiating the protocol: it proposes to send a current context with each call. */
export function isNegotiation(request: RequestHeader): boolean {
  return request.objectId === OBJECT_ID && request.interfaceName === INTERFACE
}

/**
 * Refuses with an exception, which LibreOffice treats as the sign of an old peer, and then uses the plain protocol.
 * @throws ProtocolError for any other message
 */
export function answerNegotiation(request: RequestHeader, values: ValueReader): Reply {
  if (request.functionId !== REQUEST_CHANGE) throw malformed('a change of protocol that was not agreed on')
  values.read(knownType('long'))
  return { exception: 'This side speaks plain URP only' }
}
