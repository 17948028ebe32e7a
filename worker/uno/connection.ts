import { connect, type Socket } from 'node:net'
import { Bridge } from './bridge.ts'
import { ProtocolError } from './errors.ts'

/**
 * Opens a conversation over the unix socket of a running LibreOffice.
 * @throws ProtocolError when nobody listens there (yet); the signal's reason when it aborts first
 */
export async function openBridge(socketPath: string, signal?: AbortSignal): Promise<Bridge> {
  signal?.throwIfAborted()
  const socket = connect(socketPath)
  await connected(socket, signal)
  const bridge = new Bridge({
    write: bytes => socket.write(bytes),
    unsent: () => socket.writableLength,
    destroy: () => socket.destroy(),
  })
  socket.on('data', chunk => bridge.receive(chunk))
  socket.on('error', cause => bridge.end(new ProtocolError('closed', 'the socket failed', { cause })))
  socket.on('close', () => bridge.end(new ProtocolError('closed', 'LibreOffice closed the conversation')))
  return bridge
}

function connected(socket: Socket, signal?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const abort = () => {
    socket.destroy()
    reject(signal?.reason)
  }
  socket.once('connect', resolve)
  socket.once('error', cause =>
    reject(new ProtocolError('closed', `no connection: ${cause.message}`, { cause })),
  )
  signal?.addEventListener('abort', abort, { once: true })
  return promise.finally(() => signal?.removeEventListener('abort', abort))
}
