import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Office } from '#worker/uno/office.ts'

/** The kernel takes no longer name of a socket, in bytes. */
const LONGEST = 107

/**
 * The socket under which LibreOffice accepts conversations as `pipe`; undefined while there is none. It lies in /tmp
 * whatever TMPDIR says, which in the sandbox is `root`, and the number of its user stands in the name where that user
 * is known by name.
 */
export async function findSocket(root: string, pipe: string): Promise<string | undefined> {
  for (const folder of [root, '/tmp']) {
    const name = (await readdir(folder)).find(entry => entry.startsWith('OSL_PIPE_') && entry.endsWith(pipe))
    if (name) return join(folder, name)
  }
  return undefined
}

/** Greets LibreOffice at its socket, however deep that lies. @throws ProtocolError, the signal's reason */
export async function connectTo(folder: string, socket: string, signal: AbortSignal): Promise<Office> {
  if (Buffer.byteLength(socket) <= LONGEST) return Office.connect(socket, signal)
  const handle = await open(folder)
  try {
    return await Office.connect(`/proc/self/fd/${handle.fd}${socket.slice(folder.length)}`, signal)
  } finally {
    await handle.close()
  }
}
