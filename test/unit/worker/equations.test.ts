import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { officeMathWords } from '#worker/equations/office-math.ts'

const run = (text: string) => `<m:r><a:rPr lang="en"><a:latin typeface="x"/></a:rPr><m:t>${text}</m:t></m:r>`
const part = (name: string, ...inner: string[]) => `<m:${name}>${inner.join('')}</m:${name}>`
const whole = (...inner: string[]) => officeMathWords(part('oMathPara', part('oMath', ...inner)))

describe('an equation of Office in words', () => {
  // biome-ignore format: a table
  const cases: [what: string, inner: string, words: string][] = [
    ['letters', run('a &lt; b'), 'a &lt; b'],
    ['a fraction', part('f', '<m:fPr><m:ctrlPr/></m:fPr>', part('num', run('a+b')), part('den', run('c'))), '(a+b)/c'],
    ['powers and indices', part('sSubSup', part('e', run('x')), part('sub', run('1')), part('sup', run('n+1'))), 'x_1^(n+1)'],
    ['roots', part('rad', '<m:radPr><m:degHide m:val="1"/></m:radPr>', '<m:deg/>', part('e', run('2'))) + part('rad', part('deg', run('3')), part('e', run('a b'))), '√23√(a b)'],
    ['a sum', part('nary', '<m:naryPr><m:chr m:val="∑"/></m:naryPr>', part('sub', run('i')), part('sup', run('n')), part('e', run('i'))), '∑_i^ni'],
    ['an integral', part('nary', '<m:sub/>', '<m:sup/>', part('e', run('x'))), '∫x'],
    ['brackets', part('d', '<m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr>', part('e', run('a')), part('e', run('b'))), '[a|b]'],
    ['a function', part('func', part('fName', run('sin')), part('e', run('x'))), 'sin x'],
    ['a matrix', part('m', part('mr', part('e', run('1')), part('e', run('2'))), part('mr', part('e', run('3')), part('e', run('4')))), '1, 2; 3, 4'],
    ['what stands over a letter', part('acc', part('e', run('v'))), 'v\u0302'],
  ]
  for (const [what, inner, words] of cases)
    it(`is said in one line: ${what}`, () => {
      assert.equal(whole(inner), words)
    })
})
