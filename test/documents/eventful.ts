import { archive, partsOf } from './archive.ts'
import { deck } from './deck.ts'

const LINK =
  '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:9/picture.png" TargetMode="External"/>'

const PICTURE =
  '<p:pic><p:nvPicPr><p:cNvPr id="90" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:link="rId99"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="4000000" cy="3000000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'

/** A deck of three slides, of which the second is hidden, with macros, a linked picture and a film. */
export async function eventfulDeck(): Promise<Buffer> {
  const parts = await partsOf(await deck({ slides: 3 }))
  const change = (name: string, old: RegExp, by: string) => {
    parts[name] = String(parts[name]).replace(old, by)
  }
  change('ppt/slides/slide2.xml', /<p:sld /, '<p:sld show="0" ')
  change('ppt/slides/slide1.xml', /<\/p:spTree>/, `${PICTURE}$&`)
  change('ppt/slides/_rels/slide1.xml.rels', /<\/Relationships>/, `${LINK}$&`)
  change(
    '[Content_Types].xml',
    /<Types[^>]*>/,
    '$&<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default Extension="avi" ContentType="video/avi"/>',
  )
  return archive({ ...parts, 'ppt/vbaProject.bin': 'macros', 'ppt/media/film.avi': 'a film' })
}
