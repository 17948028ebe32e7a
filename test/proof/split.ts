/**
 * Exports presentations, drawings and workbooks by one engine and by two, and compares what a reader sees: pages dot by dot,
 * texts, links, bookmarks, size. Option: `--folder DIR` of documents, else some made here.
 */
import { parseArgs } from 'node:util'
import { type BenchDocument, benchDocuments, scanned } from '#test/bench/engine/bench-documents.ts'
import { linkedDeck } from '#test/documents/linked-deck.ts'
import { longWorkbook } from '#test/documents/long-workbook.ts'
import { convertShared, type SharedResult } from '#test/integration/worker/sharing-test-engine.ts'
import { openTestEngine } from '#test/integration/worker/test-engine.ts'
import { pagePictures, pageText } from '#test/pdf.ts'
import { pdfLinks, pdfOutline } from '#test/pdf-structure.ts'
import { usualLoadShare } from '#worker/load-share.ts'
import { hasShareableSheets, hasShareableSlides } from '#worker/shared-export/is-shareable.ts'
import { isWorthFromStart } from '#worker/shared-export/is-worth-sharing.ts'

const MOST_LARGER = 1.2
/** At which even large letters are small. */
const SMALL_DPI = 20

const { values } = parseArgs({ options: { folder: { type: 'string' } } })

/** The numbers of the pages that are drawn differently. */
async function differentPages(one: SharedResult, other: SharedResult, dpi?: number): Promise<number[]> {
  const [ones, others] = [await pagePictures(one.pdf, dpi), await pagePictures(other.pdf, dpi)]
  return ones.flatMap(({ pixels }, index) => (others[index]?.pixels.equals(pixels) ? [] : [index + 1]))
}

/** What differs, in words. */
async function differences(one: SharedResult, other: SharedResult): Promise<string[]> {
  const first = await differentPages(one, other)
  // poppler places large letters by parts of a pixel or not, depending on which others the font's subset has.
  const pages = first.length > 0 ? await differentPages(one, other, SMALL_DPI) : []
  const facts = async ({ pdf, pages: count, notes }: SharedResult) => ({
    ...{ count: String(count), text: await pageText(pdf), notes: JSON.stringify(notes) },
    ...{ links: JSON.stringify(await pdfLinks(pdf)), bookmarks: JSON.stringify(await pdfOutline(pdf)) },
  })
  const [theirs, ours] = [await facts(one), await facts(other)]
  const names = Object.keys(theirs) as (keyof typeof theirs)[]
  const looks = pages.map(page => `page ${page} looks different`)
  return [...looks, ...names.filter(name => theirs[name] !== ours[name])]
}

async function madeHere(): Promise<BenchDocument[]> {
  return [
    await scanned('a deck', 'pptx', await linkedDeck({ slides: 12, hidden: [4] })),
    await scanned('a workbook', 'fods', Buffer.from(longWorkbook({ sheets: 5, rows: 2500 }))),
  ]
}

const documents = values.folder ? await benchDocuments(values.folder) : await madeHere()
const testEngine = await openTestEngine('bwrap', { slots: 2, stallLimitMs: 600_000 })
const count = { joined: 0, apart: 0, alone: 0, refused: 0, different: 0 }
try {
  await testEngine.engine.start()
  for (const document of documents) await compare(document)
  console.log(
    `  ${count.joined} were joined, ${count.apart} were exported again, ${count.alone} by one engine; ${count.different} differ; ${count.refused} cannot be converted`,
  )
  if (count.different > 0) process.exitCode = 1
} finally {
  await testEngine.close()
}

async function compare(document: BenchDocument): Promise<void> {
  const { name, format, facts } = document
  const conversion = { ...facts, format, target: 'pdf' }
  if (!hasShareableSlides(conversion) && !hasShareableSheets(conversion)) return
  let became: 'alone' | 'apart' | 'joined' = 'alone'
  const onShared = () => {
    became = 'apart'
  }
  try {
    const begun = performance.now()
    const one = await convertShared(testEngine, document)
    const seconds = (performance.now() - begun) / 1000
    const other = await convertShared(testEngine, document, { onShared })
    if (other.isJoined) became = 'joined'
    count[became]++
    const seen = await differences(one, other)
    const size = other.pdf.length / one.pdf.length
    // Of a short document, which nobody shares, the fonts may be most.
    const isLong = isWorthFromStart({ seconds, loadShare: usualLoadShare(format) })
    if (isLong && size > MOST_LARGER) seen.push('too large')
    if (seen.length > 0) count.different++
    const sign = seen.length === 0 ? '=' : '≠'
    const facts = [
      name,
      `${one.pages} pages`,
      became,
      `${size.toFixed(2)} of the size`,
      ...(isLong ? ['long'] : []),
      ...seen,
    ]
    console.log(`  ${sign} ${facts.join(', ')}`)
  } catch (error) {
    count.refused++
    console.log(`  - ${name}: ${(error as Error).message.split('\n')[0]}`)
  }
}
