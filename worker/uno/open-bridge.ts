import { connect, type Socket } from 'node:net'
import { Bridge } from './bridge.ts'
import { ProtocolError } from './uno-errors.ts'

/** Far more than LibreOffice sends at once. */
const CHUNK_BYTES = 64 * 1024

/**
 * Connects to the unix socket of a running LibreOffice.
 * @throws ProtocolError when nothing listens there (yet); the signal's reason when it aborts first
 */
export async function openBridge(socketPath: string, signal?: AbortSignal): Promise<Bridge> {
  signal?.throwIfAborted()
  // One buffer for all reads: the bridge keeps nothing of a chunk after reading it.
  const buffer = Buffer.alloc(CHUNK_BYTES)
  const callback = (bytes: number) => {
    bridge.receive(buffer.subarray(0, bytes))
    return true
  }
  const socket = connect({ path: socketPath, onread: { buffer, callback } })
  const bridge = new Bridge({
    write: bytes => socket.write(bytes),
    unsent: () => socket.writableLength,
    destroy: () => socket.destroy(),
  })
  await connected(socket, signal)
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
