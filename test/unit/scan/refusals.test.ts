import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { ErrorCode } from '#lib/errors.ts'
import { cpuMs } from '#test/cpu-time.ts'
import {
  billionLaughs,
  deep,
  hugePicture,
  manyParts,
  nested,
  quadratic,
  zeros,
} from '#test/documents/bombs.ts'
import { bitFlipped, textNamedPptx, truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { lockedDeck } from '#test/documents/locked.ts'
import { openText, word } from '#test/documents/packages.ts'
import { lyingWord, overlappingWord } from '#test/documents/raw-zip.ts'
import { assertRefused } from './expect.ts'

type Case = [what: string, code: ErrorCode, name: string, file: () => Buffer | string | Promise<Buffer>]

const content = Buffer.from('x')
const huge = { size: 1e9 }
const inWord = (text: string) => word(undefined, { 'word/a.xml': text })

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
  ['has archives in archives', 'unsafe_archive', 'a.docx', () => nested(5)],
  ['has 60,000 parts', 'too_many_entries', 'a.docx', () => manyParts(60_000)],
  [
    'has an unused part of a gigabyte',
    'expands_too_large',
    'a.docx',
    () => lyingWord({ name: 'a', content, claims: huge, says: huge }),
  ],
  ['is packed a thousand to one', 'compression_ratio', 'a.docx', () => zeros(5_000_000)],
  ['laughs a billion times', 'xml_entities', 'a.docx', () => inWord(`${billionLaughs('a')}<a>&i;</a>`)],
  [
    'repeats a long text',
    'xml_entities',
    'a.svg',
    () => `${quadratic('svg', 9000)}<svg>${'&a;'.repeat(9000)}</svg>`,
  ],
  [
    'reads a file by a name',
    'xml_entities',
    'a.odt',
    () =>
      openText(undefined, {
        'styles.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
      }),
  ],
  ['goes 50,000 levels deep', 'too_deeply_nested', 'a.docx', () => word(deep(50_000))],
  ['draws 121 million points', 'image_too_large', 'a.png', () => hugePicture(11_000)],
]

describe('a file that is refused before the engine sees it', () => {
  for (const [what, code, name, file] of CASES)
    it(`${what}: ${code}`, async () => {
      const made = await file()
      const started = cpuMs()
      await assertRefused([made, name], code)
      assert.ok(cpuMs() - started < 1000)
    })
})
