/** What the generated pages of providers, data classes and presets say beside the data, in both languages. */
import type { Preset, Provider } from '../packages/core/src/catalog/catalogue.js'

export type Locale = 'en' | 'ja'

interface Words {
  providers: {
    title: string
    intro: (count: number) => string
    head: readonly string[]
    kinds: Readonly<Record<Provider['kind'], string>>
    declare: string
    open: string
    openIntro: string
  }
  dataClasses: {
    title: string
    intro: (count: number) => string
    head: readonly string[]
    grounds: Readonly<Record<Preset['source'], string>>
  }
  presets: {
    title: string
    intro: string
    data: string
    ground: (kind: string, reference: string) => string
    requires: (fields: string, zones: string) => string
    absorbs: (row: string) => string
    parties: (party: string, rows: string, as: string) => string
  }
}

export const referenceWords: Readonly<Record<Locale, Words>> = {
  en: {
    providers: {
      title: 'Providers',
      intro: (count) =>
        `${count} AI services and the frameworks and gateways before them, one YAML file each in \`packages/core/data/providers/\`, with their sources. A place is an ISO country, \`{region}\` (decided by the region in the host), \`global\`, \`local\` or \`unknown\`; ⚑ marks hosts whose place only the account shows: declare them in the policy. The name of the operator is the brand's, not your contract's: what your contract says goes into the policy.`,
      head: ['id', 'name', 'operator', 'hosts → place', 'packages', 'checked'],
      kinds: {
        'cloud-platform': 'cloud-platform',
        framework: 'framework',
        gateway: 'gateway',
        'model-api': 'model-api',
        observability: 'observability',
        other: 'other',
        runtime: 'runtime',
        speech: 'speech',
        translation: 'translation',
        'vector-store': 'vector-store',
      },
      declare: 'To declare (⚑)',
      open: 'Not verified',
      openIntro: 'Not relied on; where it matters, declare the destination.',
    },
    dataClasses: {
      title: 'Data classes',
      intro: (count) =>
        `${count} kinds of data, one YAML file each in \`packages/core/data/data-classes/\`. *row* is the line of the preset tables that judges the class. *found* and *not taken for it* are some of the names that its own tests hold; names are compared word by word, so \`customer_phone_number\`, \`phoneNumber\` and \`denwaBangou\` are one. *check* names the test that a number must pass to count as a literal.`,
      head: ['id', 'name', 'row', 'law', 'found', 'labels', 'not taken for it', 'check'],
      grounds: { statute: 'statute', guideline: 'guideline', 'product-policy': 'product-policy' },
    },
    presets: {
      title: 'Presets',
      intro:
        'Each cell is a level: `allow`, `note`, `warn`, `error`, `never` (no exception lifts it). ᵇ: a declared basis lowers it to a note. ʳ: what the cell requires must be declared besides. Presets are a starting point for your own counsel, not legal advice: many cells are stricter than the statute. Names for `extends` in [the policy](../policy.md).',
      data: 'data',
      ground: (kind, reference) => `Ground: ${kind} (${reference}).`,
      requires: (fields, zones) => `${fields} of every destination in ${zones}, before a basis counts`,
      absorbs: (row) =>
        `A whole object that holds ${row} is to be judged as it (not applied yet: flows are judged class by class)`,
      parties: (party, rows, as) => `Of a ${party}, ${rows} are judged as ${as}`,
    },
  },
  ja: {
    providers: {
      title: 'プロバイダー',
      intro: (count) =>
        `AI サービスと、その手前に置かれるフレームワークやゲートウェイ、合わせて ${count} 件です。1 件につき 1 つの YAML ファイルが \`packages/core/data/providers/\` にあり、出典が付いています。場所は ISO の国コード、\`{region}\`(ホスト名のリージョンで決まる)、\`global\`、\`local\`、\`unknown\` のいずれかです。⚑ は、処理場所がアカウントの設定でしかわからないホストです。ポリシーで宣言してください。運営者の名称はブランドのもので、契約の相手方とは限りません。契約の内容はポリシーに書きます。`,
      head: ['ID', '名称', '運営者', 'ホスト → 場所', 'パッケージ', '確認日'],
      kinds: {
        'cloud-platform': 'クラウド(cloud-platform)',
        framework: 'フレームワーク(framework)',
        gateway: 'ゲートウェイ(gateway)',
        'model-api': 'モデル API(model-api)',
        observability: '観測・記録(observability)',
        other: 'その他(other)',
        runtime: '端末・自社サーバーでの実行(runtime)',
        speech: '音声(speech)',
        translation: '翻訳(translation)',
        'vector-store': 'ベクトルストア(vector-store)',
      },
      declare: '宣言が必要なもの(⚑)',
      open: '未確認の事項',
      openIntro: '判定の根拠には使っていません。影響する場合は destinations に宣言してください。以下は英語のままです。',
    },
    dataClasses: {
      title: 'データ分類',
      intro: (count) =>
        `${count} 種類のデータです。1 種類につき 1 つの YAML ファイルが \`packages/core/data/data-classes/\` にあります。*行* は、プリセットの表でその分類を判定する行です。*検出する名前* と *検出しない名前* は、それぞれのテストにある名前の一部です。名前は語の単位で比較するため、\`customer_phone_number\`、\`phoneNumber\`、\`denwaBangou\` は同じものとして扱います。*検査* は、数字がリテラルとして数えられるために合格しなければならない検査です。`,
      head: ['ID', '名称', '行', '根拠法令', '検出する名前', 'ラベル', '検出しない名前', '検査'],
      grounds: { statute: '法令', guideline: 'ガイドライン', 'product-policy': '製品の方針' },
    },
    presets: {
      title: 'プリセット',
      intro:
        '各欄はレベルです: `allow`、`note`、`warn`、`error`、`never`(例外でも解除できない)。ᵇ: 宣言した根拠により note に下がります。ʳ: その欄が求めるものを別に宣言する必要があります。プリセットは自社の法務・顧問が検討するための出発点であり、法的助言ではありません。多くの欄は法令より厳しく設定しています。名前は [ポリシー](../policy.md) の `extends` に書きます。',
      data: 'データ',
      ground: (kind, reference) => `根拠: ${kind}(${reference})。`,
      requires: (fields, zones) => `${zones} のすべての宛先で ${fields} が宣言されるまで、根拠は考慮されません`,
      absorbs: (row) => `${row} を含むオブジェクトは全体をそれとして判定します(未対応: 現在は分類ごとに判定しています)`,
      parties: (party, rows, as) => `${party} の ${rows} は ${as} として判定します`,
    },
  },
}
