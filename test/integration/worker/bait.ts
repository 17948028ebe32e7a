import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { access, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { flat } from '#test/documents/flat.ts'
import type { Bait } from '#test/documents/hostile.ts'
import { pageText } from '#test/pdf.ts'
import { secretPicture } from '#worker/probe/documents.ts'

/** What a document could get at, and whether it did. */
export async function openBait(folder: string) {
  const secret = `secret${randomBytes(8).toString('hex')}`
  const secretPath = join(folder, 'secret.fodt')
  const written = join(folder, 'written')
  const picturePath = join(folder, 'secret.svg')
  await writeFile(secretPath, flat('text', `<text:p>${secret}</text:p>`), { mode: 0o644 })
  await writeFile(picturePath, secretPicture(secret), { mode: 0o644 })
  let calls = 0
  const server: Server = createServer(socket => {
    calls++
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bait: Bait = {
    file: pathToFileURL(secretPath).href,
    picture: pathToFileURL(picturePath).href,
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written,
  }
  const isWritten = () =>
    access(written).then(
      () => true,
      () => false,
    )
  /** What a conversion got out of it: nothing, one hopes. */
  const stolen = async (pdf: Buffer | undefined) => {
    const text = pdf ? await pageText(pdf) : ''
    const loot = [
      ...(text.includes(secret) ? ['read the file'] : []),
      ...(calls > 0 ? ['called the server'] : []),
      ...((await isWritten()) ? ['wrote a file'] : []),
    ]
    calls = 0
    await rm(written, { force: true })
    return loot
  }
  return { bait, stolen, close: () => server.close() }
}
