import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { ErrorCode } from '#lib/vocabulary/errors.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { bitFlipped, textNamedPptx, truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { deep, longName, manyParts, nameInName, nested, zeros } from '#test/documents/growing.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { openText, word } from '#test/documents/packages.ts'
import { lyingWord, overlappingWord } from '#test/documents/raw-zip.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { assertRefused, type Lowered } from './expect.ts'

type Case = [what: string, code: ErrorCode, name: string, file: () => Buffer | string | Promise<Buffer>]

const content = Buffer.from('x')
const large = { size: 200_000 }
const inWord = (text: string) => word(undefined, { 'word/a.xml': text })

/** So low that small documents meet them. */
const LOW: Lowered = {
  entries: 20,
  expandedBytes: 100_000,
  ratioFromBytes: 10_000,
  depth: 20,
  pixels: 80_000,
  archiveDepth: 1,
}

/** What hostile and broken files do, each with the answer that it gets before the engine sees it. */
const CASES: Case[] = [
  ['is empty', 'empty_file', 'a.pptx', () => ''],
  ['is noise', 'corrupt_file', 'a.pptx', () => Buffer.concat([Buffer.from([0, 1, 2]), randomBytes(5000)])],
  ['is of no known kind', 'unsupported_format', 'a.xyz', () => Buffer.from([1, 2, 3, 0, 0])],
  ['is something else', 'type_mismatch', 'a.pptx', textNamedPptx],
  ['is a web page named .xlsx', 'type_mismatch', 'a.xlsx', () => '<html><p>x</p></html>'],
  ['was cut off', 'corrupt_file', 'a.pptx', async () => truncated(await deck())],
  ['has a bit flipped', 'corrupt_file', 'a.docx', async () => bitFlipped(await word(), 'word/document.xml')],
  ['is locked', 'password_required', 'a.pptx', () => lockedDeck()],
  [
    'leads out by a name',
    'unsafe_archive',
    'a.docx',
    () => lyingWord({ name: '../../etc/cron.d/x', content }),
  ],
  ['leads to the root', 'unsafe_archive', 'a.docx', () => lyingWord({ name: '/etc/passwd', content })],
  [
    'has two parts of one name',
    'unsafe_archive',
    'a.docx',
    () => lyingWord({ name: '_RELS/.rels', content }),
  ],
  ['has parts in each other', 'unsafe_archive', 'a.docx', overlappingWord],
  ['has archives in archives', 'unsafe_archive', 'a.docx', () => nested(2)],
  ['has too many parts', 'too_many_entries', 'a.docx', () => manyParts(21)],
  [
    'has an unused part that claims too much',
    'expands_too_large',
    'a.docx',
    () => lyingWord({ name: 'a', content, claims: large, says: large }),
  ],
  ['is packed some hundred to one', 'compression_ratio', 'a.docx', () => zeros(50_000)],
  ['has names in names', 'xml_entities', 'a.docx', () => inWord(`${nameInName('a')}<a>&b;</a>`)],
  ['repeats a long text', 'xml_entities', 'a.svg', () => `${longName('svg', 300)}<svg>&a;&a;</svg>`],
  [
    'reads a file by a name',
    'xml_entities',
    'a.odt',
    () =>
      openText(undefined, {
        'styles.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      }),
  ],
  ['goes too deep', 'too_deeply_nested', 'a.docx', () => word(deep(30))],
  ['has too many pixels', 'image_too_large', 'a.png', () => picture(300, 300)],
]

describe('a file that is refused before the engine sees it', () => {
  for (const [what, code, name, file] of CASES)
    it(`${what}: ${code}`, async () => {
      const made = await file()
      const started = cpuMs()
      await assertRefused([made, name, LOW], code)
      assert.ok(cpuMs() - started < 1000)
    })
})
