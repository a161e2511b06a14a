// What the page says, in English and in Chinese.
const CHINESE = {
  // The list.
  "All that is written": "全部文稿", "Entries": "日志", "Service targets": "服务对象", "Policies": "政策", "Pages": "页面", "Requests": "诉求",
  "New entry": "写新日志", "New target": "新服务对象", "New policy": "新政策", "New page": "新页面", "Search": "查找", "Kind": "种类",
  "Nothing found.": "没有找到。", "There is nothing here yet.": "这里还没有内容。", "{n} found.": "找到 {n} 篇。", "Problems": "问题", "{n} reminders": "{n} 条提醒",
  "not saved yet": "还没保存上", "Create": "新建", "Cancel": "取消", "Close": "关闭", "Site": "网站", "People": "人员名单", "Settings": "网站设置",
  "See the whole site": "看整个网站", "It is tried again by itself.": "会自动再试。", "The program does not answer.": "程序没有回应：请看看“日志”程序是不是还开着。",
  "Another site is open at this address now. Open this one again to go on with it.": "这个地址现在打开的是另一个网站。要接着写这一个，请把它再打开。",
  // A file.
  "entry": "日志", "target": "服务对象", "policy": "政策", "page": "页面", "settings": "网站设置", "people": "人员名单",
  "Back to the list": "返回列表", "saved": "已保存", "saving": "正在保存", "draft": "草稿", "final": "已定稿", "Make it final": "定稿", "The whole site is being checked": "正在检查整个网站", "Back to draft": "改回草稿",
  "Not saved; kept in this browser, and tried again.": "没有保存上，先留在这个浏览器里，还会再试。",
  "Not saved: the file was changed elsewhere.": "没有保存：这个文件在别处改过了。", "Decide": "怎么办",
  "The file was changed elsewhere, and is shown as it is now.": "这个文件在别处改过了，已经换成现在的样子，刚才那一步没有做：请看一看再做。",
  "The file was deleted or renamed elsewhere.": "这个文件在别处删掉了，或者改了名。",
  "Final: it goes out when the site is built next.": "已经定稿：下次“生成网站”时就会出去。", "Not final yet: mend what is marked first.": "还不能定稿：请先改好标出来的地方。",
  "What you typed before was kept.": "上次没保存上的内容还在。", "Text": "正文", "More": "更多", "Show": "显示", "Write": "写", "Preview": "预览", "needed": "必填",
  "The page is being made.": "正在生成这一页。", "The page is shown here when what is marked is mended.": "标出来的地方填好、改好以后，这里显示这一页。",
  "The preview stands still until this is mended:": "网站里有写错的地方，改好以前预览不会更新：",
  "The preview leaves out what is wrong in drafts until it is mended:": "草稿里有写错的，改好以前不放进预览：", "{n} more.": "还有 {n} 篇。",
  "{n} more: search for them.": "还有 {n} 篇，请用“查找”。", "Line {n}": "第 {n} 行",
  "Not saved, since the file is gone:": "没有保存上，因为文件已经不在了：",
  // Boxes.
  "—": "—", "one in each line": "一行一个", "For example:": "例如：", "There is none yet.": "还没有。", "There is none yet. Make one in the list, under “Policies”.": "还没有政策。请回到列表，在“政策”里点“新政策”。", "First day": "第一天", "Last day": "最后一天",
  "Last day, if there are several": "最后一天（不止一天才填）", "Remove": "去掉", "Add": "添加", "Name": "名称", "Value": "内容", "Number": "数目",
  "Name what is counted in the settings first.": "先在“网站设置”里写好要统计什么。", "New request": "新的诉求", "An earlier request that went on": "以前的诉求有了进展",
  "Write a whole number, 0 or more.": "请写整数，0 或更大。", "The day is not complete, or there is none such.": "日期没有写全，或者没有这一天。",
  "The year must be from {first} to {last}.": "年份要在 {first} 到 {last} 之间。", "Not saved: mend what is marked first.": "没有保存：请先改好标出来的地方。",
  "The beginning of this file cannot be read, so the boxes are empty.": "这个文件的开头读不出来，所以下面的格子是空的。", "Mend the file's own text": "改文件的原文",
  "So far:": "目前：", "Please fill this in": "请填写",
  "This number is too large: it may have nine digits.": "这个数太大了，最多写九位。",
  // A name that is used.
  "{n} texts use “{name}”.": "有 {n} 篇用着“{name}”。", "{n} texts use “{name}”, and would not find it under another name.": "还没有改：有 {n} 篇用着“{name}”，只改这里，它们就找不到了。",
  "Write “{name}” there, too": "那些也改成“{name}”", "Keep “{name}”": "还叫“{name}”", "“{name}” is there already: choose another name.": "已经有“{name}”了，请换一个名称。",
  // What was published.
  "Readers have seen this text. If what you change matters to them, tell them.": "这一篇读者已经看到了。改动要紧的话，请写一条更正告诉他们。", "Write a correction": "写更正",
  // A report.
  "Write a report": "写报告", "Write the report": "写报告", "Period": "哪段时间", "A week": "一周（周报）", "A month": "一个月（月报）", "A year": "一年（年报）",
  "Other days": "别的一段日子", "A day in it": "这段时间里的任何一天", "With the texts of the entries": "附上日志全文",
  // The text.
  "Heading": "小标题", "Bold": "加粗", "bold": "加粗的字", "List": "列表", "Item": "一项", "Table": "表格", "Column": "列", "Picture": "图片",
  "Service target": "服务对象", "Request": "诉求", "Person": "人员", "Footnote": "脚注", "Insert": "插入", "Write into the text": "插入到正文",
  "Caption of the picture": "图片说明", "Who and what is to be seen, where and when": "谁、在哪里、做什么", "Storing": "正在保存",
  "has no caption yet: write it between the brackets.": "还没有说明：请写在方括号中间。", "Left out:": "没有贴进来的：", "Pictures that are missing:": "缺的图片：",
  "Only the plain text was pasted.": "只贴进了纯文字。",
  "The browser may not read the pictures of Word: save them as files and put them in with the button for pictures.": "浏览器读不到 Word 里的图片：请先把图片另存为文件，再用“图片”按钮放进来。",
  "Nobody is registered yet. Add them here, then come back:": "还没有登记人员。请先到这里登记，再回来选：",
  "There is none yet. Make one with “New target” in an entry, or in the list under “Service targets”.": "还没有服务对象。请在日志的“服务对象”那一栏，或者回到列表，在“服务对象”里点“新服务对象”。",
  "There is none yet. An entry raises one with “New request”, below its text.": "还没有诉求。请在日志正文下面的“诉求”里点“新的诉求”。",
  // What is decided.
  "The file was changed elsewhere.": "这个文件在别处改过了。", "The file was deleted elsewhere.": "这个文件在别处删掉了。",
  "Nothing was overwritten. What you did not touch stays as it is now on the disk. Decide which of these is to count.": "什么都没有被盖掉。您没动过的地方，照硬盘上现在的样子留着。下面这些用哪一份，请您来定。",
  "Nothing of yours is lost. Decide whether it is to be written again.": "您写的都还在。要不要重新写进去，请您来定。",
  "Yours": "您写的", "On the disk": "硬盘上的", "Keep mine": "用我写的", "Take the other": "用硬盘上的", "Write it again": "重新写进去", "Leave it deleted": "就让它删掉",
  "Go on writing": "先接着写", "Delete": "删除", "“{title}” is taken out of the site. It can be brought back at once.": "把《{title}》从网站里删掉。删了可以马上找回来。",
  "{n} texts use it, and have to be mended before the site can be built again:": "有 {n} 篇还用着它。拿掉以后，要先把它们改好，网站才能生成：",
  "“{title}” was deleted.": "已删除《{title}》。", "Bring it back": "找回来", "Deleted files": "删掉的文稿", "Earlier states": "以前的样子", "Name the file by its title": "按标题给文件改名", "The file is named by its title already.": "文件名已经和标题一致。", "Take this state": "换成这个样子",
  "Please look at this before it is final": "定稿以前请看一看", "Go back and mend it": "先去改", "Make it final all the same": "照样定稿",
  // The site as a whole.
  "Build the site": "生成网站", "Build": "生成", "Working": "正在做", "Progress": "进度", "Save": "保存", "Export as a document": "导出文件", "Export": "导出", "Format": "格式",
  "All that is no draft is put together as a website. While something is wrong, the site stays as it was.": "把草稿以外的内容生成网站。只要有一处写错，已经生成的网站就不会动。",
  "Another folder": "换一个文件夹", "Empty: the usual folder, “output”. With the whole path of another folder, such as D:\\website, the site can be read there without a server.": "不填就放在 output 文件夹。写上完整的文件夹，例如 D:\\网站，那里的网站不用服务器也能打开，可以拷到 U 盘。",
  "Word file": "Word 文件", "Web page": "网页", "For WeChat: unpack it, and open copy.html": "微信公众号：解压后打开 copy.html", "All": "全部",
  // A file that is to become drafts.
  "Take in a file": "导入文件", "{n} more files wait: {names}": "还有 {n} 个文件等着导入：{names}", "Take in the next one": "导入下一个", "Leave them": "都不导入", "Reading": "正在读", "Is it to become drafts, or to stand in the text as an attachment?": "把它变成日志草稿，还是作为附件放在正文里？",
  "Is it to become drafts? It cannot be an attachment:": "要把它变成日志草稿吗？它不能作为附件：",
  "Make drafts of it": "写成草稿", "As an attachment": "作为附件", "an official": "公职人员", "a representative": "单位代表", "a private person": "普通群众", "no name": "不是人名",
  "yes": "是", "no": "否", "yes, on {day}": "是，日期是 {day}", "ask about each": "逐个问", "replace it": "替换它", "write it beside that": "另写一篇", "leave it out": "不收", "above it": "在上面", "below it, as under a letter": "在下面（落款）", "Another": "另写", "a picture that the file does not hold": "文件里没有的图片", "No new entry here": "不从这里分篇", "A new entry here": "从这里分篇",
  "Draft {n}": "第 {n} 篇", "left out": "不收", "the lead": "引言", "Title": "标题", "{n} drafts were made:": "写好了 {n} 篇草稿：",
  "{n} questions have to be answered first.": "还有 {n} 个问题要先回答。", "All questions are answered.": "问题都回答了。",
  "{n} questions are open.": "还有 {n} 个问题没有回答。", "{n} questions are open; drafts can be written without their answers.": "还有 {n} 个问题没有回答，不回答也可以写成草稿。", "Leave it": "不要了", "Questions": "问题",
  "What the file says": "原文", "Left out": "没有收进来的", "The drafts": "草稿", "A page for the lead": "引言单独成一页",
};
// `values` stand for what is in braces.
export const t = (english, values = {}) => {
  const text = document.documentElement.lang.startsWith("zh") ? CHINESE[english] ?? english : english;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
};
