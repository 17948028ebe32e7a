import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { linkingDeck, linkingWord } from '#test/documents/linking-packages.ts'
import { convert, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const SERVER = 'http://example.invalid'
const BAIT = {
  server: SERVER,
  file: `${SERVER}/a.odt`,
  picture: `${SERVER}/a.svg`,
  written: '/tmp/written',
}
/** One that waits for a network that is not there takes hundreds of times as long, or for ever. */
const AT_MOST = 20

/** A page with a rectangle that a picture fills. */
function filled(kind: 'drawing' | 'presentation', address: string): string {
  const image = `<draw:fill-image draw:name="f" xlink:href="${address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>`
  const style = `<style:style style:name="g" style:family="graphic"><style:graphic-properties draw:fill="bitmap" draw:fill-image-name="f"/></style:style>`
  const rectangle = `<draw:rect draw:style-name="g" svg:x="1cm" svg:y="1cm" svg:width="5cm" svg:height="5cm"/>`
  const styles = (address && image) + style
  return flat(kind, `<draw:page draw:name="p">${rectangle}</draw:page>`, { styles })
}

let bench: TestEngine
before(async () => {
  bench = await openTestEngine('bwrap', { stallLimitMs: 20_000 })
  await bench.engine.start()
})
after(() => bench.close())

/** The shortest of three conversions, in milliseconds. */
async function shortest(source: TestSource): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 3; round++) {
    const began = performance.now()
    assert.ok((await convert(bench, source)).pages >= 1)
    times.push(performance.now() - began)
  }
  return Math.min(...times)
}

for (const [format, linked, plain] of [
  ['fodg', async () => filled('drawing', `${SERVER}/x.png`), async () => filled('drawing', '')],
  ['fodp', async () => filled('presentation', `${SERVER}/x.png`), async () => filled('presentation', '')],
  ['docx', () => linkingWord(BAIT), () => letter()],
  ['pptx', () => linkingDeck(BAIT), () => deck({ slides: 1 })],
] as const)
  it(`a ${format} whose pictures lie on the web converts without waiting for them, and they are counted`, async () => {
    const bytes = await linked()
    const { flags } = await scan(sourceOfBuffer(Buffer.from(bytes)), `a.${format}`)
    assert.ok(flags.externalLinks.count >= 1)
    const without = await shortest({ bytes: await plain(), format })
    const withLinks = await shortest({ bytes, format })
    assert.ok(withLinks < AT_MOST * without, `${withLinks} ms, without links ${without} ms`)
  })
