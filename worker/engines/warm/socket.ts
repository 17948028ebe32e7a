import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Office } from '#worker/uno/office.ts'

/** The longest socket name that the kernel accepts, in bytes. */
const LONGEST = 107

/**
 * The socket on which LibreOffice accepts connections to `pipe`; undefined while there is none. It is in /tmp
 * regardless of TMPDIR, which in the sandbox is `root`, and its name contains the user's number where that user has a
 * name.
 */
export async function findSocket(root: string, pipe: string): Promise<string | undefined> {
  for (const folder of [root, '/tmp']) {
    const name = (await readdir(folder)).find(entry => entry.startsWith('OSL_PIPE_') && entry.endsWith(pipe))
    if (name) return join(folder, name)
  }
  return undefined
}

/** Connects to LibreOffice at its socket, however long its path is. @throws ProtocolError, the signal's reason */
export async function connectTo(folder: string, socket: string, signal: AbortSignal): Promise<Office> {
  if (Buffer.byteLength(socket) <= LONGEST) return Office.connect(socket, signal)
  const handle = await open(folder)
  try {
    return await Office.connect(`/proc/self/fd/${handle.fd}${socket.slice(folder.length)}`, signal)
  } finally {
    await handle.close()
  }
}
