import type { Socket } from 'socket.io'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Operators } from '../operators.ts'
import { type ClientEvents, OPERATOR_TOPICS, type ServerEvents } from './protocol.ts'
import { rooms } from './rooms.ts'

/** So often it is looked whether the session of a socket goes on, in milliseconds. */
const LOOK_EVERY_MS = 2000

/** What a socket sent, unchecked. */
interface Watch {
  topic: unknown
  answer: unknown
}

/**
 * Lets the socket of a signed-in operator hear of a topic. The cookie is that of the handshake; when its session ends,
 * the socket is closed.
 */
export async function watchAsOperator(
  socket: Socket<ClientEvents, ServerEvents>,
  operators: Pick<Operators, 'sessionOf'>,
  { topic, answer }: Watch,
): Promise<void> {
  if (typeof answer !== 'function') return
  const { headers } = socket.request
  const session = await operators.sessionOf(headers)
  const known = OPERATOR_TOPICS.find(one => one === topic)
  if (!session || !known)
    return answer({ error: new AppError(session ? 'not_found' : 'not_signed_in').toJobError() })
  await socket.join(rooms.operators(known))
  const looking = setInterval(async () => {
    if (!(await operators.sessionOf(headers))) socket.disconnect(true)
  }, LOOK_EVERY_MS).unref()
  socket.once('disconnect', () => clearInterval(looking))
  if (!socket.connected) clearInterval(looking) // It left meanwhile.
  answer({ ok: true })
}
