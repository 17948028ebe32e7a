import type { FileHandle } from 'node:fs/promises'

const HEAD_BYTES = 512

/** How a file of each kind begins, one byte a character. What is plain text begins anyhow, but is not empty. */
const HEADS: Readonly<Record<string, RegExp>> = {
  png: /^.PNG\r\n/,
  jpg: /^\xff\xd8\xff/,
  svg: /^(<\?xml[^>]*>\s*)?<svg\s/,
  rtf: /^\{\\rtf/,
  html: /^<!DOCTYPE html/i,
}

/** Whether a file begins as its kind does; else the few characters that it begins with. */
export async function headMatches(file: FileHandle, kind: string): Promise<true | string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  const head = buffer.toString('latin1', 0, bytesRead)
  return (HEADS[kind] ?? /^[\s\S]/).test(head) || head.slice(0, 8)
}
