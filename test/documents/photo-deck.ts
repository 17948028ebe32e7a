import { buffer } from 'node:stream/consumers'
import PptxGenJS from 'pptxgenjs'
import { incompressible } from './archive.ts'
import { pngOf } from './sample-picture.ts'

/** Filter 1 of a PNG: each byte is told by its difference from that of the pixel before. */
const FROM_LEFT = 1
const [WIDTH, HEIGHT] = [1600, 1200]

/**
 * A presentation with a picture of two megapixels on each slide. As in a photograph, a pixel is close to its neighbour:
 * a PNG tells the difference, in 0.75 bytes for each pixel, where a PDF without loss stores the pixel itself.
 */
export async function photoDeck(slides: number): Promise<Buffer> {
  const made = new PptxGenJS()
  for (let number = 1; number <= slides; number++) {
    const data = `image/png;base64,${(await photo(number)).toString('base64')}`
    made.addSlide().addImage({ data, x: 0, y: 0, w: 7.5, h: 5.6 })
  }
  return (await made.write({ outputType: 'nodebuffer' })) as Buffer
}

/** Another one for each number: LibreOffice stores equal pictures once. */
async function photo(number: number): Promise<Buffer> {
  const row = 1 + WIDTH * 3
  const differences = (await buffer(incompressible(row * HEIGHT + number))).subarray(number)
  for (const [index, byte] of differences.entries()) differences[index] = byte & 3
  for (let y = 0; y < HEIGHT; y++) differences[y * row] = FROM_LEFT
  return pngOf(WIDTH, HEIGHT, differences)
}
