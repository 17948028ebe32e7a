import type { FileHandle } from 'node:fs/promises'

const HEAD_BYTES = 512

/** The first bytes of each kind of file, one character per byte. Plain text has no signature, but is not empty. */
const HEADS: Readonly<Record<string, RegExp>> = {
  png: /^.PNG\r\n/,
  jpg: /^\xff\xd8\xff/,
  svg: /^(<\?xml[^>]*>\s*)?<svg\s/,
  rtf: /^\{\\rtf/,
  html: /^<!DOCTYPE html/i,
}

/** True when a file has the signature of its kind; otherwise its first few characters. */
export async function headMatches(file: FileHandle, kind: string): Promise<true | string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.toString('latin1', 0, bytesRead)
  return (HEADS[kind] ?? /^[\s\S]/).test(head) || head.slice(0, 8)
}
