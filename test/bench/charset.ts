/**
 * How long it takes to find the character set of a plain text, in processor time of a process that
 * has just started: for the first MB, and for each further one. The limits are 30 ms and 3 ms.
 *
 *   --rounds N   fresh processes for each set (5); the median counts
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import iconv from 'iconv-lite'

const CHILD = join(import.meta.dirname, 'charset', 'one-text.ts')
const MB = 1_000_000
const SENTENCES: Readonly<Record<string, string>> = {
  'utf-8': 'Grüße aus Köln: die Straße ist für größere Züge gesperrt.\n',
  'windows-1252': 'Grüße aus Köln: die Straße ist für größere Züge gesperrt.\n',
  'windows-1251': 'Сегодня вечером ночная смена переводит документы в другой формат.\n',
  shift_jis: '本日の会議の資料を送ります。ご確認ください。\n',
  gb18030: '今天晚上的会议资料已经发送，请查收。\n',
}

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const folder = await mkdtemp(join(tmpdir(), 'nightshift-bench-'))
for (const [name, sentence] of Object.entries(SENTENCES)) {
  const [first, more] = [await median(name, sentence, 1), await median(name, sentence, 11)]
  const [one, further] = [first.toFixed(0), ((more - first) / 10).toFixed(1)]
  console.log(
    `  ${name.padEnd(14)} first MB ${one.padStart(4)} ms, each further MB ${further.padStart(5)} ms`,
  )
}
await rm(folder, { recursive: true })

/** Milliseconds of the processor for a text of this size. */
async function median(name: string, sentence: string, mb: number): Promise<number> {
  const encoded = iconv.encode(sentence, name)
  const path = join(folder, `${name}-${mb}.txt`)
  await writeFile(
    path,
    Buffer.alloc(mb * MB, encoded).subarray(0, Math.floor((mb * MB) / encoded.length) * encoded.length),
  )
  const times: number[] = []
  for (let round = 0; round < Number(flags.rounds); round++) times.push(await measured(path))
  await rm(path)
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN
}

async function measured(path: string): Promise<number> {
  const child = fork(CHILD, [path])
  const [ms] = await once(child, 'message')
  return ms as number
}
