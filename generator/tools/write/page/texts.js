// What the page says, in English and in Chinese.
const CHINESE = {
  "New entry": "写新日志", "New target": "新服务对象", "New policy": "新政策", "New page": "新页面", "Search": "查找",
  "Kind": "种类", "All": "全部", "entry": "日志", "target": "服务对象", "policy": "政策", "page": "页面", "settings": "设置",
  "people": "人员", "draft": "草稿", "Problems": "问题", "Back to the list": "返回列表", "saved": "已保存", "saving": "正在保存",
  "not saved: kept in this browser": "没有保存上，先留在这个浏览器里", "Publish": "发布", "Published.": "已发布。",
  "First day": "第一天", "Last day": "最后一天", "Text": "正文", "Preview": "预览", "More": "更多", "Create": "新建", "Cancel": "取消",
  "—": "—", "one in each line": "一行一个", "Yours": "您写的", "On the disk": "硬盘上的", "Keep mine": "用我写的",
  "Take the other": "用硬盘上的", "The file was changed elsewhere.": "这个文件在别处改过了。", "Nothing found.": "没有找到。",
  "What you typed before was kept.": "上次没保存上的内容还在。",
  "Remove": "去掉", "Add": "添加", "Name": "名称", "Value": "内容", "Number": "数目",
  "Name what is counted in the settings first.": "先在设置里写好要统计什么。",
  "Heading": "标题", "Bold": "加粗", "bold": "加粗的字", "List": "列表", "Item": "一项", "Table": "表格", "Column": "列", "Picture": "图片",
  "Service target": "服务对象", "Request": "诉求", "Person": "人员", "Footnote": "脚注", "Insert": "插入", "Write into the text": "插入到正文",
  "Caption of the picture": "图片说明", "A caption is missing:": "还缺图片说明：", "Storing": "正在保存", "was not stored.": "没有保存。",
  "There is none yet.": "还没有可选的。", "Left out:": "没有贴进来的：", "Pictures that are missing:": "缺的图片：",
  "Only the plain text was pasted.": "只贴进了纯文字。",
  "The browser may not read the pictures of Word: save them as files and put them in with the button for pictures.": "浏览器读不到 Word 里的图片：请先把图片另存为文件，再用“图片”按钮放进来。",
};
export const t = (english) => (document.documentElement.lang.startsWith("zh") ? CHINESE[english] ?? english : english);
