// Every sentence of the page, in each of its languages.

const english = {
    title: "Autochrome",
    privacyHere: "Nothing leaves this machine.",
    privacyThere: (host) => `Photographs go to ${host} and nowhere else.`,
    invitation: "Colour for black-and-white photographs",
    choose: "Choose photographs",
    dropHint: "or drop them anywhere on this page, or paste one",
    limits: (formats, size) => `${formats}, up to ${size} each`,
    model: (name) => `Model: ${name}`,
    add: "Add photographs",
    downloadAll: "Download all",
    oneArchive: "All in one ZIP file",
    tools: "All photographs",
    count: (done, total, failed) =>
        `${done} of ${total} coloured${failed > 0 ? `, ${failed} failed` : ""}`,
    letGo: "Let go to colour them",
    before: "Before",
    after: "After",
    beforeOf: (name) => `${name} before`,
    afterOf: (name) => `${name} in colour`,
    divider: (name) => `Before and after, ${name}`,
    inColour: (percent) => `${percent} % in colour`,
    vividness: "Vividness",
    saturation: "Saturation",
    percent: (number) => `${number} %`,
    download: "Download",
    downloadOf: (name) => `Download ${name} in colour`,
    again: "Try again",
    colourAgain: "Colour again",
    forAll: "Use for all",
    forAllOf: (name) => `Use vividness and saturation of ${name} for all`,
    enlarge: (name) => `Enlarge ${name}`,
    remove: (name) => `Remove ${name}`,
    previous: "Previous photograph",
    next: "Next photograph",
    close: "Close",
    waiting: "Waiting",
    uploading: (percent) => `Uploading, ${percent} %`,
    queued: (before) => (before > 0 ? `Waiting, ${before} before it` : "Next in line"),
    coloring: (percent) => `Colouring, ${percent} %`,
    opening: "Nearly there",
    busy: (seconds) => `Many at work; trying again in ${seconds} s`,
    silent: "The program does not answer; trying again",
    tooLarge: (size, most) => `This file has ${size}; at most ${most} are taken.`,
    unreachable: "The program does not answer. Is “autochrome serve” still running?",
    failed: {
        unreadable: "This file can no longer be read.",
        507: "The program has no room for more photographs. Remove some, or try again later.",
        any: "This photograph could not be coloured.",
    },
    ended: "The session has ended, so this photograph is no longer there.",
    endedAll: "The session has ended. The photographs can be coloured again from here.",
    allAgain: "Colour all again",
    added: (n) => (n === 1 ? "1 photograph added." : `${n} photographs added.`),
    nothingFound: "No photograph was found there.",
    done: (name) => `${name} is coloured.`,
    removed: (name) => `${name} removed.`,
    usedForAll: "Used for all photographs.",
    failure: (name, sentence) => `${name}: ${sentence}`,
};

const chinese = {
    title: "Autochrome 照片上色",
    privacyHere: "照片不会离开这台电脑。",
    privacyThere: (host) => `照片只会发送到 ${host}，不会去往别处。`,
    invitation: "为黑白照片上色",
    choose: "选择照片",
    dropHint: "也可以把照片拖到页面任意位置，或直接粘贴",
    limits: (formats, size) => `支持 ${formats}，每张不超过 ${size}`,
    model: (name) => `模型：${name}`,
    add: "添加照片",
    downloadAll: "全部下载",
    oneArchive: "打包为一个 ZIP 文件",
    tools: "所有照片",
    count: (done, total, failed) =>
        `已上色 ${done} / ${total} 张${failed > 0 ? `，${failed} 张失败` : ""}`,
    letGo: "松开即可开始上色",
    before: "原图",
    after: "上色",
    beforeOf: (name) => `${name}，上色前`,
    afterOf: (name) => `${name}，上色后`,
    divider: (name) => `${name}：上色前后对比`,
    inColour: (percent) => `显示 ${percent}% 的彩色`,
    vividness: "鲜艳程度",
    saturation: "饱和度",
    percent: (number) => `${number}%`,
    download: "下载",
    downloadOf: (name) => `下载上色后的 ${name}`,
    again: "重试",
    colourAgain: "重新上色",
    forAll: "应用到全部",
    forAllOf: (name) => `将 ${name} 的鲜艳程度和饱和度应用到全部照片`,
    enlarge: (name) => `放大 ${name}`,
    remove: (name) => `移除 ${name}`,
    previous: "上一张",
    next: "下一张",
    close: "关闭",
    waiting: "等待中",
    uploading: (percent) => `正在上传 ${percent}%`,
    queued: (before) => (before > 0 ? `排队中，前面还有 ${before} 张` : "即将开始"),
    coloring: (percent) => `正在上色 ${percent}%`,
    opening: "即将完成",
    busy: (seconds) => `程序正忙，${seconds} 秒后重试`,
    silent: "程序没有响应，正在重试",
    tooLarge: (size, most) => `文件大小为 ${size}，超过了 ${most} 的上限。`,
    unreachable: "程序没有响应。请确认 autochrome serve 仍在运行。",
    failed: {
        unreadable: "这个文件已无法读取。",
        400: "这个文件是空的。",
        409: "照片已达数量上限，请先移除一些。",
        413: "这张照片太大了。",
        415: "这个文件不是照片，或者格式不受支持。",
        422: "文件已损坏，或者无法上色。",
        507: "程序的存储空间已满，请移除一些照片，或稍后再试。",
        any: "这张照片未能上色。",
    },
    ended: "会话已结束，这张照片已不在程序中。",
    endedAll: "会话已结束。可以在这里重新为照片上色。",
    allAgain: "全部重新上色",
    added: (n) => `已添加 ${n} 张照片。`,
    nothingFound: "没有找到照片。",
    done: (name) => `${name} 已上色。`,
    removed: (name) => `已移除 ${name}。`,
    usedForAll: "已应用到全部照片。",
    failure: (name, sentence) => `${name}：${sentence}`,
};

const wanted = navigator.languages.find((language) => /^(zh|en)\b/i.test(language)) ?? "en";

/** The page's language as a tag for `lang`. */
export const language = /^zh/i.test(wanted) ? "zh-Hans" : "en";

/** The sentences in the page's language. */
export const text = language === "en" ? english : chinese;

/** Fills in the elements that name their sentence by `data-text` or their label by `data-label`. */
export function translate(root) {
    for (const element of root.querySelectorAll("[data-text]")) {
        element.textContent = text[element.dataset.text];
    }
    for (const element of root.querySelectorAll("[data-label]")) {
        element.setAttribute("aria-label", text[element.dataset.label]);
        element.title = text[element.dataset.label];
    }
}

/** A size in bytes as people write it, in decimal units. */
export function bytes(count) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const power = Math.min(3, Math.floor(Math.log10(Math.max(1, count)) / 3));
    const style = { style: "unit", unit: units[power], maximumFractionDigits: power > 1 ? 1 : 0 };
    return new Intl.NumberFormat(language, style).format(count / 1000 ** power);
}

/** Two sizes as people write them; to the byte where they would read the same. */
export function sizes(...counts) {
    const [first, second] = counts.map(bytes);
    if (first !== second) return [first, second];
    const style = { style: "unit", unit: "byte", unitDisplay: "long" };
    return counts.map((count) => new Intl.NumberFormat(language, style).format(count));
}

const formatNames = { webp: "WebP", jxl: "JPEG XL" };

/** A format as people write it. */
export const formatName = (name) => formatNames[name] ?? name.toUpperCase();
