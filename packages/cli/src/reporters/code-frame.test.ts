import { LineIndex, type Region } from '@sekisho/core'
import { describe, expect, test } from 'vitest'
import { codeFrame, snippet } from './code-frame.js'

const at = (line: number, column: number, endColumn: number, endLine = line): Region => ({
  line,
  column,
  endLine,
  endColumn,
})

function drawn(text: string, region: Region, width = 60, context = 0): string[] {
  return codeFrame(new LineIndex(text), region, width, context).flatMap(({ text: shown, carets }) =>
    carets === null ? [shown] : [shown, carets],
  )
}

describe('codeFrame', () => {
  test('carets stand under the region', () => {
    expect(drawn('ask(customer.phone)', at(1, 5, 19))).toEqual(['ask(customer.phone)', '    ^^^^^^^^^^^^^^'])
  })

  test('full-width text takes two columns, before and under the carets', () => {
    expect(drawn("送る('顧客', 顧客.電話)", at(1, 10, 15))).toEqual([
      "送る('顧客', 顧客.電話)",
      '             ^^^^^^^^^',
    ])
  })

  test('combining characters take none, emoji two', () => {
    expect(drawn('か\u3099👤x', at(1, 5, 6))).toEqual(['か\u3099👤x', '    ^'])
  })

  test('tabs are expanded', () => {
    expect(drawn('\ta\tb', at(1, 4, 5))).toEqual(['    a   b', '        ^'])
  })

  test('what is invisible is shown, and the carets move with it', () => {
    expect(drawn('a\u202eb c', at(1, 5, 6))).toEqual(['a\\u{202e}b c', `${' '.repeat(11)}^`])
  })

  test('a long line is cut around the region', () => {
    const [text, carets] = drawn(`${'x'.repeat(500)}HERE${'y'.repeat(500)}`, at(1, 501, 505), 40)
    expect(text).toHaveLength(40)
    expect(text!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('HERE')
    expect(text).toMatch(/^….*…$/)
  })

  test('a long full-width line, too', () => {
    const [text, carets] = drawn(`${'顧'.repeat(300)}HERE${'客'.repeat(300)}`, at(1, 301, 305), 40)
    const before = text!.slice(0, text!.indexOf('HERE'))
    expect(carets!.indexOf('^')).toBe([...before].reduce((width, c) => width + (c === '…' ? 1 : 2), 0))
  })

  test('a region over several lines is marked to the end of its first', () => {
    expect(drawn('ask({\n  a\n})', at(1, 1, 3, 3))).toEqual(['ask({', '^^^^^'])
  })

  test('context, without blank edges', () => {
    expect(drawn('\na\nHERE\n\nb', at(3, 1, 5), 60, 2)).toEqual(['a', 'HERE', '^^^^', '', 'b'])
  })

  test('a place past the end is no reason to fail', () => {
    expect(drawn('a', at(1, 90, 95))).toHaveLength(2)
    expect(drawn('', at(7, 1, 1))).toHaveLength(2)
  })
})

test('a snippet is one line without indentation, cut around its column', () => {
  const index = new LineIndex(`    const 電話 = customer.phone\n${'a'.repeat(300)}b`)
  expect(snippet(index, 1, 11, 80)).toBe('const 電話 = customer.phone')
  expect(snippet(index, 2, 301, 20)).toContain('b')
  expect(snippet(index, 2, 301, 20).length).toBeLessThanOrEqual(20)
})
