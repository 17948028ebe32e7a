import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { deck } from '#test/documents/deck.ts'
import { nested } from '#test/documents/growing.ts'
import { openText } from '#test/documents/packages.ts'
import { PICTURE_HEADERS } from '#test/documents/picture-headers.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'
import { Random } from '#test/random.ts'

const ROUNDS = 150

/** Some bytes changed, half of them in the table of contents at the end. */
function mutated(document: Buffer, random: Random): Buffer {
  const made = Buffer.from(document)
  for (let change = 0; change <= random.below(12); change++) {
    const at = random.below(2)
      ? random.below(made.length)
      : made.length - 1 - random.below(Math.min(800, made.length))
    made.writeUInt8(random.pick([0, 1, 0xff, random.below(256)]), at)
  }
  return made
}

describe('a scan of damaged bytes', () => {
  it('answers in words and in a moment, whatever was changed', async () => {
    const random = new Random(20261121)
    const pictures = Object.entries(PICTURE_HEADERS).map(([name, make]): [string, Buffer] => [
      name,
      make(10, 10),
    ])
    const documents: [string, Buffer][] = [
      ['a.pptx', await deck({ slides: 2, pictures: 1 })],
      ['a.xlsx', await sheet()],
      ['a.odt', await openText()],
      ['a.docx', await nested(2)],
      ['a.doc', compound({ WordDocument: Buffer.alloc(5000), Macros: Buffer.alloc(9) })],
      ...pictures.filter(([, bytes]) => bytes.length < 1000),
    ]
    const answers = new Set<string>()
    for (const [name, bytes] of documents)
      for (let round = 0; round < ROUNDS; round++) {
        const started = cpuMs()
        const answer = await scan(sourceOfBuffer(mutated(bytes, random)), name).then(
          () => 'taken',
          (error: unknown) => (error instanceof AppError && error.status === 422 ? error.code : error),
        )
        assert.equal(typeof answer, 'string', `${name}, round ${round}: ${answer}`)
        assert.ok(cpuMs() - started < 2000)
        answers.add(String(answer))
      }
    for (const expected of ['taken', 'corrupt_file', 'unsafe_archive'])
      assert.ok(answers.has(expected), expected)
  })
})
