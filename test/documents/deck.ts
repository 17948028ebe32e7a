import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import PptxGenJS from 'pptxgenjs'
import { ZipFile } from 'yazl'
import { incompressible, partsOf } from './archive.ts'
import { picture } from './sample-picture.ts'

export interface DeckOptions {
  slides?: number
  /** Stands on every slide before its number: `Deck: slide 2 of 3`. */
  title?: string
  /** How many slides, from the first on, carry a picture of some 43 KB that does not compress. */
  pictures?: number
  /** The font of its texts. */
  font?: string
  /** Shown an inch wide on the first slide. */
  shown?: Buffer
  /** Whether each slide has the note `Note of slide <n>`. */
  notes?: boolean
  /** The numbers of the slides that the show leaves out. */
  hidden?: readonly number[]
}

/** A real PowerPoint presentation; each slide shows `<title>: slide <n> of <slides>`. */
export async function deck(options: DeckOptions = {}): Promise<Buffer> {
  const { slides = 3, title = 'Deck', pictures = 0, font, shown, notes, hidden = [] } = options
  const made = new PptxGenJS()
  const noise = pictures > 0 ? (await picture(120, 120)).toString('base64') : ''
  for (let number = 1; number <= slides; number++) {
    const slide = made.addSlide()
    slide.addText(`${title}: slide ${number} of ${slides}`, {
      ...{ x: 0.5, y: 0.5, w: 9, h: 1, fontSize: 28 },
      ...(font && { fontFace: font }),
    })
    if (number <= pictures) slide.addImage({ data: `image/png;base64,${noise}`, x: 1, y: 2, w: 3, h: 3 })
    if (shown && number === 1)
      slide.addImage({ data: `image/png;base64,${shown.toString('base64')}`, x: 1, y: 2, w: 1, h: 1 })
    if (notes) slide.addNotes(`Note of slide ${number}`)
    slide.hidden = hidden.includes(number)
  }
  return (await made.write({ outputType: 'nodebuffer' })) as Buffer
}

/** Writes a valid deck of at least `bytes` to a path: one stored part of noise makes up the size. Memory stays flat. */
export async function writeBigDeck(path: string, bytes: number, options: DeckOptions = {}): Promise<void> {
  const parts = await partsOf(await deck(options))
  const types = String(parts['[Content_Types].xml'])
  parts['[Content_Types].xml'] = types.replace(
    /<Types[^>]*>/,
    '$&<Default Extension="bin" ContentType="application/octet-stream"/>',
  )
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.addReadStream(incompressible(bytes), 'ppt/media/noise.bin', { compress: false, size: bytes })
  zip.end()
  await pipeline(zip.outputStream as Readable, createWriteStream(path))
}
