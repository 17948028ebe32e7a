import PptxGenJS from 'pptxgenjs'
import { picture } from './sample-picture.ts'

export interface LinkedDeckOptions {
  slides: number
  /** The numbers of the slides that the show leaves out. */
  hidden?: readonly number[]
}

/**
 * A presentation with a picture that does not compress on every slide, the same one on each two, and links to the next
 * slide and to the web.
 */
export async function linkedDeck({ slides, hidden = [] }: LinkedDeckOptions): Promise<Buffer> {
  const made = new PptxGenJS()
  let noise = ''
  for (let number = 1; number <= slides; number++) {
    const slide = made.addSlide()
    const next = (number % slides) + 1
    if (number % 2 === 1) noise = (await picture(120, 120)).toString('base64')
    slide.addText(`Slide ${number} of ${slides}`, { x: 0.5, y: 0.3, w: 9, h: 0.6, fontSize: 24 })
    slide.addImage({ data: `image/png;base64,${noise}`, x: 1, y: 1, w: 4, h: 3 })
    for (const [text, hyperlink, y] of [
      ['to the next slide', { slide: next }, 4.2],
      ['to the web', { url: `https://example.org/${number}` }, 4.8],
    ] as const)
      slide.addText([{ text, options: { hyperlink } }], { x: 0.5, y, w: 4, h: 0.4, fontSize: 12 })
    slide.hidden = hidden.includes(number)
  }
  return (await made.write({ outputType: 'nodebuffer' })) as Buffer
}
