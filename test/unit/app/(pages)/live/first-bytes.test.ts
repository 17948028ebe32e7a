import assert from 'node:assert/strict'
import { it } from 'node:test'
import { refusalByFirstBytes } from '#app/(pages)/live/first-bytes.ts'
import { deck } from '#test/documents/deck.ts'

const found = (head: Buffer) => refusalByFirstBytes(head)?.details.found ?? null

it('films, sounds, programs and archives that are none of documents are refused by their first bytes', () => {
  const heads: [string, string][] = [
    ['\0\0\0\x20ftypisom\0\0\x02\0', 'a film or sound'],
    ['\0\0\0\x18ftypheic\0\0\0\0', 'a HEIC picture'],
    ['RIFF\x24\0\0\0WAVEfmt \x10\0', 'a sound'],
    ['MZ\x90\0\x03\0\0\0', 'a program'],
    ["7z\xbc\xaf'\x1c\0\x04", 'a 7-Zip archive'],
  ]
  for (const [head, what] of heads) assert.equal(found(Buffer.from(head, 'latin1')), what)
})

it('what the server may convert, or has to look into, is sent', async () => {
  assert.equal(found(await deck({ slides: 1 })), null)
  assert.equal(found(Buffer.from('MZ,ID3,name\n1,2,three')), null, 'a table that begins like a program')
  assert.equal(found(Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1')), null)
  assert.equal(found(Buffer.alloc(0)), null)
})
