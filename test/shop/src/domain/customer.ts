/** 会員ランク */
export type Rank = 'regular' | 'silver' | 'gold'

/** 顧客 */
export interface Customer {
  id: string
  /** 氏名 */
  name: string
  /** フリガナ */
  nameKana: string
  /** メールアドレス */
  email: string
  /** 電話番号 */
  phone: string
  /** お住まいの国(ISO 3166-1) */
  country: string
  rank: Rank
  birthday: Date | null
}

/** 国内のお客様か。国がわからないときは国内として扱う */
export function isDomesticCustomer(customer: Customer): boolean {
  return customer.country === 'JP'
}
