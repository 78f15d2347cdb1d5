const TOO_MUCH = /^stopped after \d+ ms$/;

/**
 * What the collector says is wrong, in Chinese; in English it is shown as it came. The groups of a pattern stand for `$1`, `$2`, and may be
 * problems themselves.
 */
const CHINESE = [
  [/^is missing$/, '不能为空'],
  [/^is no text of at most (\d+) characters$/, '应为不超过 $1 个字符的文本'],
  [/^is no text of 1 to (\d+) characters$/, '应为 1 到 $1 个字符'],
  [/^is no address that begins with http:\/\/ or https:\/\/$/, '应是以 http:// 或 https:// 开头的网址'],
  [/^is no address$/, '不是有效的网址'],
  [/^is no number from 0$/, '应是不小于 0 的数字'],
  [/^is no number from 0 to below 1$/, '应是 0 到 1（不含）之间的数字'],
  [/^is no number above 0, up to (\d+)$/, '应是大于 0、不超过 $1 的数字'],
  [/^(?:days )?is no (?:whole number|int) from (-?\d+) to (\d+)$/, '应是 $1 到 $2 的整数'],
  [/^is no whole number up to (\d+)$/, '应是不超过 $1 的整数'],
  [/^is no one of (.+)$/, '只能是以下之一：$1'],
  [/^is no day$/, '不是有效的日期'],
  [/^is no (conditions|steps?|rules)$/, '没有填写完整'],
  [/^is after `to`$/, '晚于结束日'],
  [/^the range is longer than ten years$/, '区间超过十年'],
  [/^no such (analysis|segment|entry|person|field.*)$/, '不存在'],
  [/^is taken$/, '已被使用'],
  [/^are (\d+) at most$/, '最多 $1 个'],
  [/^is (?:none of|one of) (.+)$/, '只能是以下之一：$1'],
  [/^is zh or en$/, '只能是 zh 或 en'],
  [/^is neither true nor false$/, '只能是“是”或“否”'],
  [/^is no list of (\d+) at most$/, '最多 $1 个'],
  [/^is no list/, '格式不正确'],
  [/^does not name each entry once$/, '列表已有变化，请刷新页面后重试'],
  [/^is no object/, '格式不正确'],
  [/^has no key (.+)$/, '没有 $1 这一项'],
  [/^the tag (.+) is of it: remove the tag first$/, '标签“$1”由它得出，请先移除标签'],
  [/^give more than one row a day: choose one figure$/, '每天得到多行结果，请缩小到唯一的指标'],
  [/^is no column with a number$/, '这一列不是数字'],
  [/^is not to be chosen for (an alert|a campaign)$/, '此处不可选择'],
  [/^(did|source|profile|order|times) needs .+$/, '规则没有填写完整'],
  [/needs (a|1 to 1000) (number|value)s?$/, '条件的取值没有填写完整'],
  [/^the first line must name at least day and cost/, '首行至少要有“日期”和“花费”两列'],
  [/^line (\d+): no day$/, '第 $1 行：没有有效的日期'],
  [/^line (\d+): no cost$/, '第 $1 行：没有有效的花费'],
  [/^no costs of this day$/, '当天没有成本'],
  [/^an event needs a name$/, '事件需要名称：以字母、下划线或汉字开头'],
  [/^(\S+): (\S+) has no known type/, '$1：属性 $2 的类型不正确'],
  [/^(\S+): (\S+) is required and not described$/, '$1：必填属性 $2 没有说明'],
  [/^status (\d+)(.*)$/s, '对方返回状态码 $1$2'],
  [/^no answer within (\d+) ms$/, '对方在 $1 毫秒内没有回应'],
  [/^not reached: (.+)$/, '无法连接：$1'],
  [/^(\d+) tries, the last: (.+)$/s, '已尝试 $1 次，最后一次：$2'],
  [/^the server failed$/, '服务器出错'],
  [/^only a SELECT on the tables of the schema is allowed: (.+)$/s, '只能对表结构中的表执行 SELECT：$1'],
  [TOO_MUCH, '数据量过大，查询已中止：请缩短日期范围或增加条件'],
  [
    /^Failed to fetch$|NetworkError|Load failed|dynamically imported module|^Unable to preload|Importing a module script failed/,
    '无法连接服务器',
  ],
  [/^the token is missing or wrong$/, '访问令牌缺失或不正确'],
];

/** A problem as the collector or a webhook told it, for the reader. */
export const problemText = (problem, language) => {
  if (language !== 'zh')
    return TOO_MUCH.test(problem) ? 'there is too much data: choose fewer days or add conditions' : problem;
  const [pattern, chinese] = CHINESE.find(([each]) => each.test(problem)) ?? [];
  if (!pattern) return problem;
  const [, ...groups] = pattern.exec(problem);
  return chinese.replace(/\$(\d)/g, (_, n) => problemText(groups[n - 1] ?? '', language));
};
