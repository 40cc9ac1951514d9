import { describe, expect, test } from 'vitest'
import { foldRomaji } from './romaji.js'

describe('each group folds to one form', () => {
  test.each([
    ['zyusyo', 'jusho juusho juusyo jyusyo jyusho jyuusho jyuusyo zyuusho zyusyo'],
    ['simei', 'shimei simei'],
    ['seinengappi', 'seinengappi seinenngappi'],
    ['bango', 'bango bangou'],
    ['koza', 'kouza koza'],
    ['yubin', 'yubin yuubin'],
    ['keiyakusya', 'keiyakusha keiyakusya'],
    ['hihokensya', 'hihokensha hihokensya'],
    ['syogaisya', 'shogaisha shougaisha syougaisya shougaisya'],
    ['hozin', 'hojin houjin houzin'],
    ['todohuken', 'todofuken todoufuken todouhuken'],
    ['sikutyoson', 'shikuchoson shikuchouson sikutyouson'],
    ['tanzyobi', 'tanjobi tanjoubi tanjyobi'],
    ['zyuminhyo', 'juminhyo juuminhyou jyuminhyo'],
    ['nensyu', 'nenshu nenshuu nensyuu'],
    ['kanzya', 'kanja kannja'],
    ['riyosya', 'riyosha riyousha riyousya'],
    ['sinbun', 'shimbun shinbun'],
    ['todokesaki', 'tōdokesaki toudokesaki todokesaki'],
  ])('%s', (folded, spellings) => {
    expect(new Set(spellings.split(' ').map(foldRomaji))).toEqual(new Set([folded]))
  })
})

test('ii, ei, aa, ee and vowels that belong to the next syllable stay', () => {
  expect(['iie', 'seimei', 'koui', 'ouen'].map(foldRomaji)).toEqual(['iie', 'seimei', 'koui', 'ouen'])
})

test.each(['phone', 'gender', 'title', 'string', 'xyz'])('%s is no romaji and stays', (word) => {
  expect(foldRomaji(word)).toBe(word)
})

test('a long run of one letter is answered at once', () => {
  expect(foldRomaji('n'.repeat(5000))).toHaveLength(5000)
  expect(foldRomaji(`${'n'.repeat(58)}x`)).toHaveLength(59)
})
