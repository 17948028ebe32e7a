import { deck } from './deck.ts'
import { flat } from './flat.ts'
import { picture } from './sample-picture.ts'

const SIDE = 600

/** A document of each family with a picture of 600 × 600 pixels that is shown an inch wide. */
export async function illustrated(): Promise<{ family: string; format: string; bytes: Buffer | string }[]> {
  const noise = await picture(SIDE, SIDE)
  const frame = `<draw:frame text:anchor-type="as-char" svg:width="1in" svg:height="1in"><draw:image><office:binary-data>${noise.toString('base64')}</office:binary-data></draw:image></draw:frame>`
  const text = `<text:h text:outline-level="1">Chapter</text:h><text:p>${frame}</text:p>`
  const sheet = `<table:table table:name="Sheet"><table:shapes>${frame}</table:shapes><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>`
  return [
    { family: 'presentation', format: 'pptx', bytes: await deck({ slides: 1, shown: noise }) },
    { family: 'document', format: 'fodt', bytes: flat('text', text) },
    { family: 'spreadsheet', format: 'fods', bytes: flat('spreadsheet', sheet) },
    {
      family: 'drawing',
      format: 'fodg',
      bytes: flat('drawing', `<draw:page draw:name="p">${frame}</draw:page>`),
    },
  ]
}
