import { describe, expect, test } from 'vitest'
import { decode, isBinary } from './decode.js'

const SHIFT_JIS = [0x8c, 0xda, 0x8b, 0x71, 0x96, 0xbc] // 顧客名
const EUC_JP = [0xb8, 0xdc, 0xb5, 0xd2, 0xcc, 0xbe] // 顧客名
const ascii = (text: string) => [...Buffer.from(text)]

describe('decode', () => {
  test.each([
    ['UTF-8', [...Buffer.from('顧客名')], '顧客名', 'utf-8'],
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, ...ascii('a')], 'a', 'utf-8'],
    ['Shift_JIS', [...ascii('// '), ...SHIFT_JIS], '// 顧客名', 'shift_jis'],
    ['EUC-JP', [...ascii('// '), ...EUC_JP], '// 顧客名', 'euc-jp'],
    ['UTF-16LE', [0xff, 0xfe, 0x67, 0x98], '顧', 'utf-16le'],
    ['UTF-16BE', [0xfe, 0xff, 0x98, 0x67], '顧', 'utf-16be'],
    ['nothing', [], '', 'utf-8'],
  ])('%s', (_, bytes, text, encoding) => {
    expect(decode(Uint8Array.from(bytes))).toEqual({ text, encoding })
  })

  test('what is no text is null, never mojibake', () => {
    expect(decode(Uint8Array.from([0x61, 0xff, 0x80, 0xfd]))).toBeNull()
  })
})

describe('isBinary', () => {
  test.each([
    ['NUL', [0x7f, 0x45, 0x00], true],
    ['text', ascii('export {}'), false],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], false],
  ])('%s', (_, bytes, expected) => {
    expect(isBinary(Uint8Array.from(bytes))).toBe(expected)
  })
})
