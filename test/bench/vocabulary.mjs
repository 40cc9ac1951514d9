/** What the generated programs talk about. Each entity has fields with the comments that Japanese code bases have. */
export const PEOPLE = [
  ['Customer', 'お客様'],
  ['Member', '会員'],
  ['Recipient', 'お届け先'],
  ['Patient', '患者'],
  ['Applicant', '申込者'],
  ['Guest', '宿泊者'],
  ['Subscriber', '契約者'],
]

export const PERSONAL_FIELDS = [
  ['name', 'string', '氏名'],
  ['nameKana', 'string', '氏名(カナ)'],
  ['phone', 'string', '電話番号'],
  ['email', 'string', 'メールアドレス'],
  ['postalCode', 'string', '郵便番号'],
  ['address', 'string', '住所'],
  ['birthDate', 'Date', '生年月日'],
  ['bankAccount', 'string', '口座番号'],
]

export const PLAIN_FIELDS = [
  ['createdAt', 'Date', '作成日時'],
  ['updatedAt', 'Date', '更新日時'],
  ['status', "'draft' | 'active' | 'closed'", '状態'],
  ['version', 'number', '版'],
  ['rank', 'number', 'ランク'],
  ['isDeleted', 'boolean', '削除フラグ'],
  ['tags', 'string[]', 'タグ'],
]

export const THINGS = [
  ['Order', '注文'],
  ['Shipment', '配送'],
  ['Invoice', '請求'],
  ['Inventory', '在庫'],
  ['Reservation', '予約'],
  ['Contract', '契約'],
  ['Inquiry', '問い合わせ'],
  ['Coupon', 'クーポン'],
  ['Review', 'レビュー'],
  ['Refund', '返金'],
]

export const THING_FIELDS = [
  ['amount', 'number', '金額'],
  ['quantity', 'number', '数量'],
  ['taxRate', 'number', '税率'],
  ['productName', 'string', '商品名'],
  ['sku', 'string', '商品コード'],
  ['note', 'string', '備考'],
  ['requestedAt', 'Date', '受付日時'],
  ['completedAt', 'Date | null', '完了日時'],
]
