import { archive } from './archive.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const VISIO = 'http://schemas.microsoft.com/visio/2010/relationships'
const NAMESPACES =
  'xmlns="http://schemas.microsoft.com/office/visio/2012/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const TYPE = 'application/vnd.ms-visio'

/** The smallest Visio drawing (.vsdx) with a box around these words. */
export function visioDrawing(words: string): Promise<Buffer> {
  const cells = { PinX: 2, PinY: 2, Width: 3, Height: 1, LocPinX: 1.5, LocPinY: 0.5 }
  const shape = Object.entries(cells).map(([name, value]) => `<Cell N="${name}" V="${value}"/>`)
  return archive({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/visio/document.xml" ContentType="${TYPE}.drawing.main+xml"/><Override PartName="/visio/pages/pages.xml" ContentType="${TYPE}.pages+xml"/><Override PartName="/visio/pages/page1.xml" ContentType="${TYPE}.page+xml"/></Types>`,
    '_rels/.rels': related('document', 'visio/document.xml'),
    'visio/document.xml': `<VisioDocument ${NAMESPACES}/>`,
    'visio/_rels/document.xml.rels': related('pages', 'pages/pages.xml'),
    'visio/pages/pages.xml': `<Pages ${NAMESPACES}><Page ID="0" Name="Page"><PageSheet><Cell N="PageWidth" V="8"/><Cell N="PageHeight" V="6"/></PageSheet><Rel r:id="rId1"/></Page></Pages>`,
    'visio/pages/_rels/pages.xml.rels': related('page', 'page1.xml'),
    'visio/pages/page1.xml': `<PageContents ${NAMESPACES}><Shapes><Shape ID="1" Type="Shape">${shape.join('')}<Text>${words}</Text></Shape></Shapes></PageContents>`,
  })
}

function related(kind: string, target: string): string {
  return `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${VISIO}/${kind}" Target="${target}"/></Relationships>`
}
