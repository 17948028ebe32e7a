import { statfs } from 'node:fs/promises'

/** So long a look counts, in milliseconds: what can come in the meantime is less than any reserve. */
const LOOK_MS = 500

/** Gives what is free on a folder's disk, in bytes. Looks at most twice a second, whoever asks. */
export function lookForRoom(folder: string): () => Promise<number> {
  let look: Promise<number> | undefined
  const forget = () => {
    look = undefined
  }
  return () => {
    if (!look) {
      look = statfs(folder).then(({ bavail, bsize }) => bavail * bsize)
      look.then(() => setTimeout(forget, LOOK_MS).unref(), forget)
    }
    return look
  }
}
