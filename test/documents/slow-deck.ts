import PptxGenJS from 'pptxgenjs'
import { pngOf } from './sample-picture.ts'

const WIDTH = 2400
const HEIGHT = 1600

/** A presentation that loads fast and is exported slowly: a large picture of its own on every slide. */
export async function slowDeck(slides: number): Promise<Buffer> {
  const made = new PptxGenJS()
  for (let number = 1; number <= slides; number++) {
    const slide = made.addSlide()
    slide.addText(`Slide ${number} of ${slides}`, { x: 0.5, y: 0.2, w: 9, h: 0.5, fontSize: 20 })
    const picture = bands(number).toString('base64')
    slide.addImage({ data: `image/png;base64,${picture}`, x: 1, y: 0.8, w: 6, h: 4 })
  }
  return (await made.write({ outputType: 'nodebuffer' })) as Buffer
}

/** Rows of one colour each, which pack well. */
function bands(seed: number): Buffer {
  const row = 1 + 3 * WIDTH
  const pixels = Buffer.alloc(row * HEIGHT)
  for (let y = 0; y < HEIGHT; y++) pixels.fill((y * seed) % 256, y * row + 1, (y + 1) * row)
  return pngOf(WIDTH, HEIGHT, pixels)
}
